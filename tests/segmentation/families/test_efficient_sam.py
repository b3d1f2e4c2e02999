"""EfficientSAM: the numbers of the official repository."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from segmentation.segmenters.errors import CheckpointRefused
from segmentation.segmenters.families import load_network
from segmentation.segmenters.promptable import PromptableNetwork
from tests.segmentation.families.comparison import network_outputs
from tests.segmentation.families.golden import read_golden
from tests.segmentation.families.images import image_case
from tests.segmentation.families.official_efficient_sam import IMAGES
from tests.segmentation.families.published import families_of, load_published
from tests.segmentation.families.seeded_weights import save_published, seeded_state, seeded_tensor

pytestmark = pytest.mark.more

FAMILY = "efficient_sam"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> PromptableNetwork:
    return load_published(FAMILY, read_golden(f"{FAMILY}_vitt"), tmp_path_factory.mktemp("tiny"))


@pytest.mark.parametrize("variant", IMAGES)
def test_official_file_gives_the_official_numbers(tmp_path: Path, variant: str) -> None:
    golden = read_golden(f"{FAMILY}_{variant}")
    network = load_published(FAMILY, golden, tmp_path, under="model")
    assert network.variant == variant
    for image in golden.images:
        golden.assert_matches(image, network_outputs(network, image_case(image)))


@pytest.mark.parametrize("variant", IMAGES)
def test_only_its_family_recognises_it(variant: str) -> None:
    shapes = read_golden(f"{FAMILY}_{variant}").shapes
    assert families_of(shapes) == [FAMILY]


def test_padding_points_and_a_seventh_point_change_nothing(tiny: PromptableNetwork) -> None:
    embedding = seeded_tensor("image_embedding", (1, 256, 64, 64))
    coords, labels = torch.rand(1, 6, 2) * 1000, torch.tensor([[1.0, 0, 1, 1, 2, 3]])
    padding, padding_label = torch.zeros(1, 1, 2), torch.tensor([[-1.0]])
    one = tiny.decoder(embedding, coords[:, :1], labels[:, :1])
    padded = (torch.cat([coords[:, :1], padding], 1), torch.cat([labels[:, :1], padding_label], 1))
    assert_same(tiny.decoder(embedding, *padded), one)
    seven = (torch.cat([coords, coords[:, :1]], 1), torch.cat([labels, labels[:, :1]], 1))
    assert_same(tiny.decoder(embedding, *seven), tiny.decoder(embedding, coords, labels))


def test_it_takes_no_mask(tiny: PromptableNetwork) -> None:
    assert not tiny.takes_mask
    embedding = seeded_tensor("image_embedding", (1, 256, 64, 64))
    with pytest.raises(ValueError, match="no mask prompt"):
        tiny.decoder(embedding, torch.ones(1, 1, 2), torch.ones(1, 1), torch.zeros(1, 1, 256, 256))


def test_other_widths_are_refused(tmp_path: Path) -> None:
    weights = seeded_state(read_golden(f"{FAMILY}_vitt").shapes)
    weights["image_encoder.pos_embed"] = torch.zeros(1, 197, 768)
    path = save_published({"model": weights}, tmp_path / "base.pt")
    with pytest.raises(CheckpointRefused, match="image encoder of width 768"):
        load_network(FAMILY, path)


def assert_same(ours: tuple[torch.Tensor, ...], expected: tuple[torch.Tensor, ...]) -> None:
    for tensor, other in zip(ours, expected, strict=True):
        torch.testing.assert_close(tensor, other)
