"""The images on which networks are compared: one for each proportion, one larger than any network's input."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SIZES_HW = {"landscape": (800, 1200), "portrait": (620, 400), "square": (512, 512), "tiny": (24, 36)}


def image_case(name: str) -> NDArray[np.uint8]:
    """(H, W, 3): coloured discs on a gradient, with some noise; drawn in integers, so equal everywhere."""
    height, width = SIZES_HW[name]
    rng = np.random.default_rng(len(name))
    y, x = np.mgrid[:height, :width].astype(np.int64)
    image = np.stack([x * 160 // width, y * 160 // height, (x + y) * 160 // (width + height)], axis=2)
    for _ in range(6):
        centre_x, centre_y = rng.integers(0, width), rng.integers(0, height)
        radius = rng.integers(min(height, width) // 8 + 1, min(height, width) // 3 + 2)
        inside = (x - centre_x) ** 2 + (y - centre_y) ** 2 < radius**2
        image[inside] = rng.integers(0, 230, 3)
    return (image + rng.integers(0, 25, image.shape)).astype(np.uint8)
