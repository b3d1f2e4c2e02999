"""COCO polygons to RLE, pixel for pixel as pycocotools fills them.

Source of the convention: `rleFrPoly` in cocodataset/cocoapi, common/maskApi.c. Corners are rounded
to fifths of a pixel, edges are drawn there, and where an edge passes the middle of a pixel column
the fill of that column flips at the next pixel row. Several polygons of one object are united.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from segmentation.masks.errors import RleMalformed
from segmentation.masks.rle import Rle, decode, encode

_SCALE = 5
_FINE = NDArray[np.int64]  # (n,) coordinates in fifths of a pixel


def rle_from_polygons(polygons: Sequence[Sequence[float]], size_hw: tuple[int, int]) -> Rle:
    """RLE of the union of polygons `[x0, y0, x1, y1, …]` in image points.

    Raises RleMalformed for anything but numbers near the image, at least three corners each.
    """
    mask = np.zeros(size_hw, np.bool_)
    for polygon in polygons:
        _check(polygon, size_hw)
        mask |= decode(_filled(polygon, size_hw))
    return encode(mask)


def _check(polygon: Sequence[float], size_hw: tuple[int, int]) -> None:
    reach = 2 * max(size_hw) + 100  # edges are drawn point by point: a far corner would cost memory
    numbers = not isinstance(polygon, str) and all(
        isinstance(value, int | float) and math.isfinite(value) and abs(value) <= reach for value in polygon
    )
    if not numbers or len(polygon) < 6 or len(polygon) % 2:
        raise RleMalformed(
            "A polygon is a list x0, y0, x1, y1, … of at least three corners on its image. Correct the file."
        )


def _filled(polygon: Sequence[float], size_hw: tuple[int, int]) -> Rle:
    height, width = size_hw
    corners = np.trunc(np.array(polygon, np.float64).reshape(-1, 2) * _SCALE + 0.5).astype(np.int64)
    u, v = _outline(np.concatenate((corners, corners[:1])))
    crossing = np.flatnonzero(u[1:] != u[:-1])
    left = np.minimum(u[crossing], u[crossing + 1])  # rightward u-1 = leftward u: the column between
    columns, remainder = np.divmod(left - _SCALE // 2, _SCALE)
    rows = np.ceil((np.minimum(v[crossing], v[crossing + 1]) + 0.5) / _SCALE - 0.5)
    flips = columns * height + np.clip(rows, 0, height).astype(np.int64)
    inside = (remainder == 0) & (columns >= 0) & (columns < width)
    return _rle_of_flips(flips[inside], size_hw)


def _outline(corners: _FINE) -> tuple[_FINE, _FINE]:
    """Every point of the closed outline, in order, one step of the longer axis apart."""
    edges = [_edge(start, end) for start, end in pairwise(corners)]
    return np.concatenate([u for u, _ in edges]), np.concatenate([v for _, v in edges])


def _edge(start: _FINE, end: _FINE) -> tuple[_FINE, _FINE]:
    steps_xy = np.abs(end - start)
    longer = 0 if steps_xy[0] >= steps_xy[1] else 1
    steps = int(steps_xy[longer])
    if steps == 0:
        return start[:1], start[1:]
    # Drawn in the rising direction whichever way it runs, so that shared edges round alike.
    low, high = (start, end) if start[longer] <= end[longer] else (end, start)
    along = np.arange(steps + 1)
    slope = (high[1 - longer] - low[1 - longer]) / steps
    across = np.trunc(low[1 - longer] + slope * along + 0.5).astype(np.int64)
    points = (low[longer] + along, across) if longer == 0 else (across, low[longer] + along)
    return points if low is start else (points[0][::-1], points[1][::-1])


def _rle_of_flips(flips: _FINE, size_hw: tuple[int, int]) -> Rle:
    """Foreground begins and ends at each index that occurs an odd number of times."""
    indices, times = np.unique(flips, return_counts=True)
    odd = indices[times % 2 == 1]
    bounds = np.concatenate(([0], odd, [size_hw[0] * size_hw[1]]))
    return Rle(size_hw, np.diff(bounds))
