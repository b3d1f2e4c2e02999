"""SAM 2 and 2.1: the numbers of the official package, and transformers' own model on the same weights."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor
from transformers import Sam2Model, Sam2VideoConfig, Sam2VideoModel

from segmentation.segmenters.checkpoint_weights import build_without_weights
from segmentation.segmenters.errors import CheckpointRefused
from segmentation.segmenters.families import load_network
from segmentation.segmenters.sam2.family import INPUT, recognises
from segmentation.segmenters.sam2.names import image_weights, release
from segmentation.segmenters.sam2.variants import VARIANTS
from tests.segmentation.families.by_transformers import model_outputs
from tests.segmentation.families.comparison import assert_equal, network_outputs, stable_or_best
from tests.segmentation.families.golden import read_golden
from tests.segmentation.families.images import image_case
from tests.segmentation.families.official_sam2 import NETWORKS, WRAPPED
from tests.segmentation.families.seeded_weights import save_published, seeded_state, seeded_tensor

pytestmark = pytest.mark.more

TINY = VARIANTS[0]
ENCODING = "prompt_encoder.shared_embedding.positional_embedding"


@pytest.fixture(scope="module")
def folder_weights() -> dict[str, Tensor]:
    """Of a Hugging Face folder of the tiny network, video memory included."""
    image = TINY.config()
    config = Sam2VideoConfig(vision_config=image.vision_config, enable_occlusion_spatial_embedding=True)
    weights = seeded_state(build_without_weights(lambda: Sam2VideoModel(config)).state_dict())
    return weights | {"shared_image_embedding.positional_embedding": weights[ENCODING].clone()}


@pytest.mark.parametrize("name", [name for name, (_, images) in NETWORKS.items() if images])
def test_official_file_gives_the_official_numbers(tmp_path: Path, name: str) -> None:
    golden = read_golden(name)
    path = save_published(seeded_state(golden.shapes), tmp_path / f"{name}.pt", under=WRAPPED)
    network = load_network("sam2", path)
    assert network.variant == name
    for image in golden.images:
        golden.assert_matches(image, network_outputs(network, image_case(image)))


@pytest.mark.parametrize("name", NETWORKS)
def test_every_tensor_of_an_official_file_is_known(name: str) -> None:
    shapes = read_golden(name).shapes
    weights = image_weights({name: torch.empty(shape, device="meta") for name, shape in shapes.items()})
    variant = next(variant for variant in VARIANTS if name.endswith(variant.name))
    expected = build_without_weights(lambda: Sam2Model(variant.config())).state_dict()
    assert {name: tensor.shape for name, tensor in weights.items()} == {
        name: tensor.shape for name, tensor in expected.items()
    }
    assert f"{release(shapes)}_{variant.name}" == name
    assert recognises(shapes)


def test_folder_gives_what_transformers_gives(tmp_path: Path, folder_weights: dict[str, Tensor]) -> None:
    save_file(folder_weights, tmp_path / "model.safetensors")
    network = load_network("sam2", tmp_path)
    assert network.variant == "sam2.1_hiera_tiny"
    image = image_case("portrait")
    expected = model_outputs(
        transformers_model(folder_weights), image, rule=INPUT, low_res_hw=(256, 256), side=1024
    )
    assert_equal(network_outputs(network, image), expected)


@torch.no_grad()
@pytest.mark.parametrize(("steepness", "is_stable"), [(0.01, False), (100.0, True)])
def test_single_mask_is_the_stable_one_or_the_best(
    tmp_path: Path, folder_weights: dict[str, Tensor], steepness: float, is_stable: bool
) -> None:
    """With steep logits the single mask's token is stable at +-0.05, with shallow ones it is not."""
    last = "mask_decoder.output_hypernetworks_mlps.0.proj_out"
    scaled = {name: folder_weights[name] * steepness for name in (f"{last}.weight", f"{last}.bias")}
    weights = folder_weights | scaled
    save_file(weights, tmp_path / "model.safetensors")
    network, model = load_network("sam2", tmp_path), transformers_model(weights)
    assert network.dynamic_multimask is not None
    embedding = [seeded_tensor(of.name, of.dims) for of in network.embedding]
    coords, labels = torch.tensor([[[400.5, 300.5], [0, 0]]]), torch.tensor([[1.0, -1.0]])
    logits, scores = network.decoder(*embedding, coords, labels)
    mask, score = stable_or_best(*network.dynamic_multimask)(logits, scores)
    expected = model(
        image_embeddings=[*embedding[1:], embedding[0]],
        input_points=coords[:, None, :1] - 0.5,
        input_labels=labels[:, None, :1].long(),
        multimask_output=False,
    )
    assert torch.equal(mask, logits[:, :1]) == is_stable
    torch.testing.assert_close(mask, expected.pred_masks[:, 0], rtol=0, atol=1e-5 * max(1, steepness))
    torch.testing.assert_close(score, expected.iou_scores[:, 0], rtol=0, atol=1e-5)


def transformers_model(weights: dict[str, Tensor]) -> Sam2Model:
    model = Sam2Model(TINY.config())
    expected = model.state_dict()
    model.load_state_dict({name: tensor for name, tensor in weights.items() if name in expected})
    return model.eval()


def test_other_sizes_are_refused(tmp_path: Path, folder_weights: dict[str, Tensor]) -> None:
    shallower = {name: t for name, t in folder_weights.items() if ".blocks.11." not in name}
    save_file(shallower, tmp_path / "model.safetensors")
    with pytest.raises(CheckpointRefused, match="11 blocks and is none of SAM 2's published sizes"):
        load_network("sam2", tmp_path)


def test_a_checkpoint_that_lacks_tensors_is_refused(
    tmp_path: Path, folder_weights: dict[str, Tensor]
) -> None:
    lacking = {name: t for name, t in folder_weights.items() if "mask_decoder.iou_token" not in name}
    save_file(lacking, tmp_path / "model.safetensors")
    with pytest.raises(CheckpointRefused, match=r"lacks 1 tensors: mask_decoder\.iou_token\.weight"):
        load_network("sam2", tmp_path)
