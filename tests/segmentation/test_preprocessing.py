"""Images as encoders take them: sizes, filters, padding, normalisation."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from segmentation.segmenters.manifest import InputRule, Pixels
from segmentation.segmenters.preprocessing import encoder_input, input_hw, picture_hw, resize_picture

MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
SAM = InputRule("longest_side", 64, pixels=Pixels(64, 64, MEAN, STD, "pillow"))
SAM2 = InputRule("stretch", 48, pixels=Pixels(48, None, MEAN, STD, "antialias"))
# EfficientViT-SAM L0: points are measured on 1024, the encoder sees 512.
HALVED = InputRule("longest_side", 64, pixels=Pixels(32, 32, MEAN, STD, "pillow"))
PLANES = InputRule("longest_side", 64, multiple=32)


def picture(hw: tuple[int, int]) -> NDArray[np.uint8]:
    return np.random.default_rng(3).integers(0, 256, (*hw, 3)).astype(np.uint8)


@pytest.mark.parametrize(
    ("rule", "expected_input", "expected_picture"),
    [
        (SAM, (64, 43), (64, 43)),
        (SAM2, (48, 48), (48, 48)),
        (HALVED, (64, 43), (32, 21)),
        (PLANES, (64, 32), (64, 32)),
    ],
)
def test_sizes(rule: InputRule, expected_input: tuple[int, int], expected_picture: tuple[int, int]) -> None:
    assert input_hw(rule, (150, 100)) == expected_input
    assert picture_hw(rule, (150, 100)) == expected_picture


def test_padding_is_zero_after_normalising_and_lies_below_and_right() -> None:
    planes = encoder_input(picture((150, 100)), SAM)
    assert planes.shape == (1, 3, 64, 64)
    assert planes.dtype == np.float32
    assert not planes[:, :, :, 43:].any()
    assert planes[:, :, :, :43].all()


def test_values_are_those_of_the_official_formula() -> None:
    grey = np.full((64, 64, 3), 100, np.uint8)
    expected = (100 / 255 - np.array(MEAN)) / np.array(STD)
    np.testing.assert_allclose(encoder_input(grey, SAM)[0, :, 5, 5], expected, rtol=1e-6)


def test_an_encoder_that_normalises_itself_is_given_bytes() -> None:
    planes = encoder_input(picture((150, 100)), PLANES)
    assert planes.shape == (1, 3, 64, 32)
    assert planes.dtype == np.uint8


def test_shrinking_with_support_averages_and_without_it_does_not() -> None:
    """A stripe of one pixel in eight: its light is spread by the filter, or missed."""
    stripes = np.zeros((64, 64, 3), np.uint8)
    stripes[:, ::8] = 240
    pixels = {name: Pixels(8, None, MEAN, STD, name) for name in ("pillow", "antialias", "plain")}
    means = {name: float(resize_picture(stripes, (8, 8), rule).mean()) for name, rule in pixels.items()}
    assert means["pillow"] == pytest.approx(30, abs=2)
    assert means["antialias"] == pytest.approx(30, abs=2)
    assert means["plain"] == 0


@pytest.mark.parametrize("hw", [(1, 1), (1, 300), (300, 1), (17, 23)])
@pytest.mark.parametrize("rule", [SAM, SAM2, HALVED, PLANES])
def test_any_size_of_image_is_taken(hw: tuple[int, int], rule: InputRule) -> None:
    assert np.isfinite(encoder_input(picture(hw), rule)).all()
