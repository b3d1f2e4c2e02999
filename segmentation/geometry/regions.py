"""Connected regions of a mask, and the point deepest inside one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class DeepestPixel:
    """Pixel of a mask farthest from everything outside; beyond the image is outside."""

    column: int
    row: int
    distance: float  # in pixels, to the centre of the nearest pixel outside

    @property
    def centre_xy(self) -> tuple[float, float]:
        """Image point."""
        return self.column + 0.5, self.row + 0.5


def largest_region(mask: Mask, *, connectivity: Literal[4, 8] = 8) -> Mask | None:
    """The largest connected region of a mask (h, w), None if it is empty.

    Of equally large ones the one that a scan by rows meets first.
    """
    if not mask.any():  # OpenCV crashes on an array of size zero
        return None
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=connectivity)
    areas = stats[1:, cv2.CC_STAT_AREA]
    candidates = np.flatnonzero(areas == areas.max()) + 1
    label = candidates[0] if len(candidates) == 1 else _first_met(np.asarray(labels), candidates)
    region: Mask = labels == label
    return region


def deepest_pixel(mask: Mask) -> DeepestPixel | None:
    """Pixel with the greatest Euclidean distance to the outside, None for an empty mask.

    The image border counts as outside. Of equally deep pixels the first by rows.
    """
    if not mask.any():
        return None
    framed = np.pad(mask.astype(np.uint8), 1)
    distances = cv2.distanceTransform(framed, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)[1:-1, 1:-1]
    # Squared distances are whole numbers; rounding makes ties exact on every machine.
    squared = np.rint(distances.astype(np.float64) ** 2).astype(np.int64)
    row, column = np.unravel_index(int(squared.argmax()), squared.shape)
    return DeepestPixel(int(column), int(row), float(squared[row, column]) ** 0.5)


def _first_met(labels: NDArray[np.generic], candidates: NDArray[np.int64]) -> int:
    flat = labels.reshape(-1)
    return int(flat[np.isin(flat, candidates).argmax()])
