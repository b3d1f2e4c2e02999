"""MobileSAM: the numbers of the official repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.segmenters.errors import CheckpointRefused
from segmentation.segmenters.families import load_network
from tests.segmentation.families.comparison import network_outputs
from tests.segmentation.families.golden import read_golden
from tests.segmentation.families.images import image_case
from tests.segmentation.families.published import families_of, load_published
from tests.segmentation.families.seeded_weights import save_published, seeded_state

pytestmark = pytest.mark.more

GOLDEN = read_golden("mobile_sam")


def test_official_file_gives_the_official_numbers(tmp_path: Path) -> None:
    network = load_published("mobile_sam", GOLDEN, tmp_path)
    assert (network.family, network.variant) == ("mobile_sam", "vit_t")
    for image in GOLDEN.images:
        GOLDEN.assert_matches(image, network_outputs(network, image_case(image)))


def test_parameters_are_those_in_use(tmp_path: Path) -> None:
    """The classifier of the pretraining is in the file and left aside; batch norms are folded."""
    network = load_published("mobile_sam", GOLDEN, tmp_path)
    assert not any("head" in name or ".bn." in name for name, _ in network.encoder.named_parameters())
    assert network.parameters == 9_803_780


def test_only_its_family_recognises_it() -> None:
    assert families_of(GOLDEN.shapes) == ["mobile_sam"]


@pytest.mark.parametrize(
    "lacking",
    [
        "image_encoder.layers.1.blocks.0.attn.attention_biases",
        "image_encoder.layers.1.downsample.conv2.bn.running_mean",
        "mask_decoder.iou_prediction_head.layers.1.weight",
    ],
)
def test_a_file_that_lacks_a_tensor_is_refused(tmp_path: Path, lacking: str) -> None:
    weights = seeded_state(GOLDEN.shapes)
    del weights[lacking]
    with pytest.raises(CheckpointRefused, match=r"mobile_sam\.pt lacks 1 tensors|lacks 2 tensors"):
        load_network("mobile_sam", save_published(weights, tmp_path / "mobile_sam.pt"))
