"""EfficientViT-SAM: the numbers of the official repository."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from segmentation.segmenters.checkpoint_weights import build_without_weights
from segmentation.segmenters.efficientvit_sam.family import official_weights, sam_model
from segmentation.segmenters.efficientvit_sam.shapes import VARIANTS, find_variant
from segmentation.segmenters.errors import CheckpointRefused
from segmentation.segmenters.families import load_network
from segmentation.segmenters.preprocessing import input_hw, picture_hw
from tests.segmentation.families.comparison import network_outputs
from tests.segmentation.families.golden import read_golden
from tests.segmentation.families.images import image_case
from tests.segmentation.families.official_efficientvit_sam import IMAGES
from tests.segmentation.families.published import families_of, load_published
from tests.segmentation.families.seeded_weights import save_published, seeded_state

pytestmark = pytest.mark.more

FAMILY = "efficientvit_sam"


@pytest.mark.parametrize("variant", [variant for variant, images in IMAGES.items() if images])
def test_official_file_gives_the_official_numbers(tmp_path: Path, variant: str) -> None:
    golden = read_golden(f"{FAMILY}_{variant}")
    network = load_published(FAMILY, golden, tmp_path)
    assert network.variant == variant
    for image in golden.images:
        golden.assert_matches(image, network_outputs(network, image_case(image)))


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_tensor_of_an_official_file_is_known(variant: str) -> None:
    shapes = read_golden(f"{FAMILY}_{variant}").shapes
    assert find_variant(shapes) == variant
    assert families_of(shapes) == [FAMILY]
    with torch.device("meta"):
        weights = official_weights({name: torch.empty(shape) for name, shape in shapes.items()})
    expected = build_without_weights(lambda: sam_model(VARIANTS[variant])).state_dict()
    assert {name: tensor.shape for name, tensor in weights.items()} == {
        name: tensor.shape for name, tensor in expected.items()
    }


def test_the_small_sizes_see_half_of_the_pixels_in_which_points_are_measured(tmp_path: Path) -> None:
    rule = load_published(FAMILY, read_golden(f"{FAMILY}_l0"), tmp_path).input
    assert input_hw(rule, (1001, 1500)) == (683, 1024)
    assert picture_hw(rule, (1001, 1500)) == (342, 512)


def test_other_depths_are_refused(tmp_path: Path) -> None:
    shapes = read_golden(f"{FAMILY}_l0").shapes
    shallower = {name: shape for name, shape in shapes.items() if ".stages.4.op_list.4." not in name}
    path = save_published(seeded_state(shallower), tmp_path / "shallower.pt")
    with pytest.raises(CheckpointRefused, match=r"published sizes \(L0, L1, L2, XL0, XL1\)"):
        load_network(FAMILY, path)
