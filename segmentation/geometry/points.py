"""Image points and model points.

Both are continuous x, y: pixel (column i, row j) covers [i, i+1) x [j, j+1), its centre is
(i + .5, j + .5). A model point lies on the image as the segmenter resized it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from segmentation.geometry.sizes import HW

Points = NDArray[np.float32]  # (n, 2) x, y
BoxXYXY = tuple[float, float, float, float]


def image_to_model(points_xy: Points, *, original_hw: HW, input_hw: HW) -> Points:
    """Model points (n, 2) of image points (n, 2)."""
    return _rescaled(points_xy, original_hw, input_hw)


def model_to_image(points_xy: Points, *, original_hw: HW, input_hw: HW) -> Points:
    """Inverse of `image_to_model`."""
    return _rescaled(points_xy, input_hw, original_hw)


def box_corners(box_xyxy: BoxXYXY) -> Points:
    """A box as two points (2, 2): top left, bottom right."""
    return np.array(box_xyxy, np.float32).reshape(2, 2)


def _rescaled(points_xy: Points, from_hw: HW, to_hw: HW) -> Points:
    scale_xy = np.array([to_hw[1] / from_hw[1], to_hw[0] / from_hw[0]])
    rescaled: Points = (np.asarray(points_xy, np.float64) * scale_xy).astype(np.float32)
    return rescaled
