"""SAM-HQ: the numbers of its authors' package; transformers' predicted IoU on the same weights."""

from __future__ import annotations

from math import prod
from pathlib import Path

import pytest
import torch
from transformers import SamHQConfig, SamHQModel
from transformers.models.sam_hq.configuration_sam_hq import SamHQMaskDecoderConfig, SamHQVisionConfig

from segmentation.segmenters.checkpoint_files import Checkpoint
from segmentation.segmenters.families import load_network, recognised_families
from segmentation.segmenters.sam.family import DECODER_NORM_EPS
from segmentation.segmenters.sam_hq.family import build_network
from tests.segmentation.families.comparison import assert_equal, network_outputs
from tests.segmentation.families.golden import read_golden
from tests.segmentation.families.images import image_case
from tests.segmentation.families.published import load_published
from tests.segmentation.families.sam_by_transformers import sam_outputs
from tests.segmentation.families.seeded_weights import fill_seeded

pytestmark = pytest.mark.more


def test_official_file_gives_the_official_numbers(tmp_path: Path) -> None:
    golden = read_golden("sam_hq_vit_b_3_blocks")
    network = load_published("sam_hq", golden, tmp_path)
    assert (network.family, network.variant) == ("sam_hq", "vit_b")
    for image in golden.images:
        golden.assert_matches(image, network_outputs(network, image_case(image)))


@pytest.mark.parametrize("variant", ["vit_b", "vit_l", "vit_h"])
def test_every_tensor_of_an_official_file_has_its_place(variant: str) -> None:
    shapes = read_golden(f"sam_hq_{variant}").shapes
    assert [family.name for family in recognised_families(shapes)] == ["sam_hq"]
    tensors = {name: torch.empty(shape, device="meta") for name, shape in shapes.items()}
    network = build_network(Checkpoint(Path("sam_hq.pth"), tensors, None))
    assert network.variant == variant
    assert network.parameters == sum(prod(shape) for shape in shapes.values())


def test_hugging_face_folder_gives_transformers_embedding_and_predicted_iou(tmp_path: Path) -> None:
    """Not its masks: transformers leaves out what its decoder's transformer made of the image."""
    vision = SamHQVisionConfig(num_hidden_layers=2, global_attn_indexes=[1])
    decoder = SamHQMaskDecoderConfig(layer_norm_eps=DECODER_NORM_EPS)
    model = SamHQModel(SamHQConfig(vision_config=vision, mask_decoder_config=decoder))
    fill_seeded(model)
    model.save_pretrained(tmp_path)
    network = load_network("sam_hq", tmp_path)
    image = image_case("portrait")
    expected = sam_outputs(model, image, rule=network.input)
    compared = {name: values for name, values in expected.items() if not name.endswith("logits")}
    ours = network_outputs(network, image)
    # transformers sorts several candidates by predicted IoU.
    sorted_ours = {
        name: -torch.sort(-torch.from_numpy(ours[name])).values.numpy() if "IoU" in name else ours[name]
        for name in compared
    }
    assert_equal(sorted_ours, compared)
