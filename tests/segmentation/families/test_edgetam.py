"""EdgeTAM: the numbers that transformers gives with timm's backbone, which tests do without."""

from __future__ import annotations

from pathlib import Path

import pytest
from safetensors.torch import save_file
from torch import Tensor

from segmentation.segmenters.edgetam.family import recognises
from segmentation.segmenters.errors import CheckpointRefused
from segmentation.segmenters.families import load_network
from segmentation.segmenters.sam2 import family as sam2
from tests.segmentation.families.comparison import network_outputs
from tests.segmentation.families.golden import Golden, read_golden
from tests.segmentation.families.images import image_case
from tests.segmentation.families.official_edgetam import IMAGES, calm
from tests.segmentation.families.official_sam2 import WRAPPED
from tests.segmentation.families.seeded_weights import save_published, seeded_state

pytestmark = pytest.mark.more


@pytest.fixture(scope="module")
def golden() -> Golden:
    return read_golden("edgetam")


@pytest.fixture(scope="module")
def weights(golden: Golden) -> dict[str, Tensor]:
    weights = seeded_state(golden.shapes)
    calm(weights)
    return weights


@pytest.mark.parametrize("image", IMAGES)
def test_folder_gives_the_numbers_of_transformers(
    tmp_path: Path, golden: Golden, weights: dict[str, Tensor], image: str
) -> None:
    save_file(weights, tmp_path / "model.safetensors")
    network = load_network("edgetam", tmp_path)
    golden.assert_matches(image, network_outputs(network, image_case(image)))


def test_official_file_gives_the_official_numbers(tmp_path: Path) -> None:
    official = read_golden("edgetam_official")
    weights = seeded_state(official.shapes)
    calm(weights)
    path = save_published(weights, tmp_path / "edgetam.pt", under=WRAPPED)
    network = load_network("edgetam", path)
    official.assert_matches("square", network_outputs(network, image_case("square")))


def test_sam2_and_edgetam_are_told_apart(golden: Golden) -> None:
    shapes = (golden.shapes, read_golden("edgetam_official").shapes)
    assert all(recognises(names) and not sam2.recognises(names) for names in shapes)
    assert not recognises(read_golden("sam2.1_hiera_tiny").shapes)


def test_a_backbone_of_another_depth_is_refused(tmp_path: Path, weights: dict[str, Tensor]) -> None:
    shallower = {name: t for name, t in weights.items() if ".stages_2.blocks.13." not in name}
    save_file(shallower, tmp_path / "model.safetensors")
    with pytest.raises(CheckpointRefused, match=r"lacks \d+ tensors: .*stages_2\.blocks\.13\."):
        load_network("edgetam", tmp_path)
