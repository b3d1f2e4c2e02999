"""Where somebody paints who sees what is missing, or too much: along the middle of the largest error."""

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from segmentation.geometry import largest_region
from tests.fixtures.truth import Mask

MIN_ERROR_PX = 60
MIN_DIAMETER_PX = 4.0
POINTS = 12
# The line runs through pixels that are at least so deep, as a share of the deepest.
DEEP = 0.6


@dataclass(frozen=True)
class Stroke:
    points: tuple[tuple[float, float], ...]  # image points
    diameter: float  # image pixels
    adds: bool

    @property
    def length(self) -> float:
        line = np.asarray(self.points)
        return float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())


def stroke_over_error(truth: Mask, mask: Mask) -> Stroke | None:
    """None where nothing large enough is wrong."""
    missed = largest_region(truth & ~mask)
    wrong = largest_region(mask & ~truth)
    sizes = [0 if region is None else int(region.sum()) for region in (missed, wrong)]
    region, adds = (missed, True) if sizes[0] >= sizes[1] else (wrong, False)
    if region is None or max(sizes) < MIN_ERROR_PX:
        return None
    return _along(region, adds=adds)


def _along(region: Mask, *, adds: bool) -> Stroke:
    padded = np.pad(region, 1).astype(np.uint8)
    depth = cv2.distanceTransform(padded, cv2.DIST_L2, 5)[1:-1, 1:-1]
    rows, columns = np.nonzero(depth >= DEEP * depth.max())
    points = np.stack([columns, rows], axis=1) + 0.5
    centre = points.mean(axis=0)
    # Along the direction in which the region is longest: the first principal component.
    axis = np.linalg.svd(points - centre, full_matrices=False)[2][0]
    along = (points - centre) @ axis
    ends = np.linspace(along.min(), along.max(), POINTS + 1)
    line = [
        tuple(float(value) for value in points[(along >= low) & (along <= high)].mean(axis=0))
        for low, high in pairwise(ends)
        if ((along >= low) & (along <= high)).any()
    ]
    diameter = max(2 * float(depth.max()) * DEEP, MIN_DIAMETER_PX)
    return Stroke(tuple((x, y) for x, y in line), diameter, adds)
