"""The filters equal torch's, which the official transforms are made of."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from segmentation.segmenters.manifest import Pixels
from segmentation.segmenters.preprocessing import resize_picture

pytestmark = pytest.mark.more

ZERO, ONE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)


@pytest.mark.parametrize("hw", [(97, 201), (333, 250), (20, 31), (1, 5)])
@pytest.mark.parametrize(
    "pixels", [Pixels(64, None, ZERO, ONE, "antialias"), Pixels(64, None, ZERO, ONE, "plain")]
)
def test_filters_equal_torch(pixels: Pixels, hw: tuple[int, int]) -> None:
    image = np.random.default_rng(0).integers(0, 256, (*hw, 3)).astype(np.uint8)
    planes = torch.from_numpy(image).permute(2, 0, 1)[None].float()
    expected = functional.interpolate(
        planes, (64, 64), mode="bilinear", align_corners=False, antialias=pixels.interpolation == "antialias"
    )
    resized = resize_picture(image, (64, 64), pixels)
    np.testing.assert_allclose(resized.transpose(2, 0, 1), expected[0].numpy(), atol=2e-3)
