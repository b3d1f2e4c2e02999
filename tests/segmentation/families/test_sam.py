"""SAM: the numbers of its authors' package, and transformers' own model on the same weights."""

from __future__ import annotations

from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from transformers import SamConfig, SamModel
from transformers.models.sam.configuration_sam import SamMaskDecoderConfig, SamVisionConfig

from segmentation.prompts import make_prompt
from segmentation.segmenters.base import ImageEmbedding
from segmentation.segmenters.checkpoint_files import Checkpoint
from segmentation.segmenters.exported import labelled_points
from segmentation.segmenters.families import load_network, recognised_families
from segmentation.segmenters.sam.family import DECODER_NORM_EPS, build_network
from tests.segmentation.families.comparison import assert_equal, network_outputs
from tests.segmentation.families.golden import read_golden
from tests.segmentation.families.images import image_case
from tests.segmentation.families.official_sam import NETWORKS
from tests.segmentation.families.published import load_published
from tests.segmentation.families.sam_by_transformers import sam_outputs
from tests.segmentation.families.seeded_weights import fill_seeded

pytestmark = pytest.mark.more

VARIANTS = {768: "vit_b", 1024: "vit_l", 1280: "vit_h"}


@pytest.mark.parametrize("name", [name for name, sizes in NETWORKS.items() if sizes.images])
def test_official_file_gives_the_official_numbers(tmp_path: Path, name: str) -> None:
    golden = read_golden(name)
    network = load_published("sam", golden, tmp_path)
    assert (network.family, network.variant) == ("sam", VARIANTS[NETWORKS[name].width])
    for image in golden.images:
        golden.assert_matches(image, network_outputs(network, image_case(image)))


@pytest.mark.parametrize("name", ["sam_vit_b", "sam_vit_l", "sam_vit_h"])
def test_every_tensor_of_an_official_file_has_its_place(name: str) -> None:
    shapes = read_golden(name).shapes
    assert [family.name for family in recognised_families(shapes)] == ["sam"]
    tensors = {name: torch.empty(shape, device="meta") for name, shape in shapes.items()}
    network = build_network(Checkpoint(Path(f"{name}.pth"), tensors, None))
    assert network.variant == name.removeprefix("sam_")
    assert network.parameters == sum(prod(shape) for shape in shapes.values())


@pytest.fixture
def transformers_model() -> Any:
    vision = SamVisionConfig(num_hidden_layers=2, global_attn_indexes=[1])
    decoder = SamMaskDecoderConfig(layer_norm_eps=DECODER_NORM_EPS)
    model = SamModel(SamConfig(vision_config=vision, mask_decoder_config=decoder))
    fill_seeded(model)
    return model


def test_hugging_face_folder_gives_what_transformers_gives(tmp_path: Path, transformers_model: Any) -> None:
    transformers_model.save_pretrained(tmp_path)
    network = load_network("sam", tmp_path)
    image = image_case("portrait")
    assert_equal(network_outputs(network, image), sam_outputs(transformers_model, image, rule=network.input))


def test_click_on_the_middle_of_a_pixel_is_the_official_click_on_it() -> None:
    """Where nothing is resized: official code adds half a pixel to (7, 3), ours is given (7.5, 3.5)."""
    embedding = ImageEmbedding((1024, 1024), (1024, 1024), {})
    coords, labels = labelled_points(make_prompt([(7.5, 3.5, 1)]), embedding)
    np.testing.assert_array_equal(coords[0, 0] - 0.5, [7, 3])
    np.testing.assert_array_equal(labels, [[1, -1]])
