"""SAM 3's tracker: the numbers of the official code, and transformers' own model on the same weights."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor
from transformers import Sam3TrackerConfig, Sam3VideoConfig, Sam3VisionConfig, Sam3ViTConfig
from transformers.models.sam3_tracker.modeling_sam3_tracker import Sam3TrackerModel
from transformers.models.sam3_video.modeling_sam3_video import Sam3VideoModel

from segmentation.segmenters.checkpoint_weights import build_without_weights
from segmentation.segmenters.errors import CheckpointRefused
from segmentation.segmenters.families import load_network
from segmentation.segmenters.sam3.family import INPUT, Sam3TrackerWeights, recognises, tracker_network
from segmentation.segmenters.sam3.names import tracker_weights
from tests.segmentation.families.by_transformers import model_outputs
from tests.segmentation.families.comparison import assert_equal, network_outputs
from tests.segmentation.families.golden import Shape, read_golden
from tests.segmentation.families.images import image_case
from tests.segmentation.families.official_sam3 import LOW_RES_HW, NETWORKS, SIDE, two_blocks
from tests.segmentation.families.seeded_weights import save_published, seeded_state

pytestmark = pytest.mark.more

SMALL = Sam3ViTConfig(
    hidden_size=64,
    intermediate_size=128,
    num_hidden_layers=3,
    num_attention_heads=4,
    global_attn_indexes=[1],
)
ENCODING = "prompt_encoder.shared_embedding.positional_embedding"
# From names of transformers' `Sam3TrackerModel` to those of the published folder.
TO_FOLDER = {
    "vision_encoder.backbone.": "detector_model.vision_encoder.backbone.",
    "vision_encoder.neck.": "tracker_neck.",
}


@pytest.mark.parametrize("image", NETWORKS["sam3_2_blocks"][1])
def test_official_file_gives_the_official_numbers(tmp_path: Path, image: str) -> None:
    golden = read_golden("sam3_2_blocks")
    path = save_published(seeded_state(golden.shapes), tmp_path / "sam3.pt")
    network = tracker_network(path, two_blocks())
    golden.assert_matches(image, network_outputs(network, image_case(image)))


def test_every_tensor_of_the_official_file_is_known() -> None:
    shapes = read_golden("sam3").shapes
    assert recognises(shapes)
    assert_fills_the_tracker(shapes)


def test_every_tensor_of_the_published_folder_is_known() -> None:
    whole = build_without_weights(lambda: Sam3VideoModel(Sam3VideoConfig()))
    shapes = {name: tuple(tensor.shape) for name, tensor in whole.state_dict().items()}
    assert len(shapes) == 1797  # of facebook/sam3, detector and video memory included
    assert recognises(shapes)
    assert_fills_the_tracker(shapes)


def test_folder_gives_what_transformers_gives(tmp_path: Path) -> None:
    weights, model = small_tracker()
    save_file(published(weights), tmp_path / "model.safetensors")
    network = tracker_network(tmp_path, SMALL)
    image = image_case("landscape")
    expected = model_outputs(model, image, rule=INPUT, low_res_hw=LOW_RES_HW, side=SIDE)
    assert_equal(network_outputs(network, image), expected)


def test_a_detector_alone_is_refused(tmp_path: Path) -> None:
    weights = {
        name: tensor for name, tensor in published(small_tracker()[0]).items() if "tracker" not in name
    }
    save_file(weights, tmp_path / "model.safetensors")
    with pytest.raises(CheckpointRefused, match=r"is not a checkpoint of SAM 3 \(tracker\)"):
        load_network("sam3", tmp_path)


def assert_fills_the_tracker(shapes: Mapping[str, Shape]) -> None:
    weights = tracker_weights({name: torch.empty(shape, device="meta") for name, shape in shapes.items()})
    expected = build_without_weights(lambda: Sam3TrackerWeights(Sam3ViTConfig())).state_dict()
    assert {name: tensor.shape for name, tensor in weights.items()} == {
        name: tensor.shape for name, tensor in expected.items()
    }


def small_tracker() -> tuple[dict[str, Tensor], Sam3TrackerModel]:
    """With the three levels of the neck that are read: of four it adds `no_memory` to the one that is not."""
    vision = Sam3VisionConfig(backbone_config=SMALL, scale_factors=[4.0, 2.0, 1.0])
    model = Sam3TrackerModel(Sam3TrackerConfig(vision_config=vision))
    weights = seeded_state(model.state_dict())
    weights["shared_image_embedding.positional_embedding"] = weights[ENCODING].clone()
    model.load_state_dict(weights)
    return weights, model.eval()


def published(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Names as in the published folder, with something of the detector beside."""
    folder = {"detector_model.text_encoder.text_model.final_layer_norm.weight": torch.ones(8)}
    for name, tensor in weights.items():
        prefix = next((prefix for prefix in TO_FOLDER if name.startswith(prefix)), None)
        renamed = f"tracker_model.{name}" if prefix is None else name.replace(prefix, TO_FOLDER[prefix], 1)
        folder[renamed] = tensor
    return folder
