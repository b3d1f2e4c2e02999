"""The part of an image for a closer look at one object (ARCHITECTURE.md, Closer look).

Python and TypeScript share the cases in tests/fixtures/closer_look.json.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from segmentation.geometry.points import Points
from segmentation.geometry.sizes import HW

PartXYXY = tuple[int, int, int, int]  # x0, y0, x1, y1 in whole pixels of the image; x1, y1 are outside

SMALLEST_SIDE = 64  # pixels that a part has at least, before it is clipped to the image
LARGEST_SHARE = 0.6  # of the image; a larger part shows the object hardly larger than the image does
LEAST_MARGIN = 1.2  # that a part may have around the object before another one takes its place
MOST_TIMES_WANTED = 2  # a part with more pixels than that shows the object too small


def object_box(mask: NDArray[np.bool_], foreground_xy: Points) -> PartXYXY | None:
    """Bounding box of a mask (h, w) and of the pixels of image points (n, 2); None: there is neither."""
    height, width = mask.shape
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    pixels = np.clip(np.floor(foreground_xy).astype(int), 0, (width - 1, height - 1))
    columns = np.concatenate([columns, pixels[:, 0]])
    rows = np.concatenate([rows, pixels[:, 1]])
    if not rows.size:
        return None
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1


def part_around(box: PartXYXY, *, image_hw: HW, margin: float) -> PartXYXY:
    """A box `margin` times as wide and high around the same middle, not too slim, clipped to the image."""
    x0, y0, x1, y1 = box
    width = max(margin * (x1 - x0), SMALLEST_SIDE)
    height = max(margin * (y1 - y0), SMALLEST_SIDE)
    width, height = max(width, height / 2), max(height, width / 2)
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    return (
        max(0, math.floor(middle_x - width / 2)),
        max(0, math.floor(middle_y - height / 2)),
        min(image_hw[1], math.ceil(middle_x + width / 2)),
        min(image_hw[0], math.ceil(middle_y + height / 2)),
    )


def part_to_look_at(
    box: PartXYXY, *, image_hw: HW, margin: float, before: PartXYXY | None
) -> PartXYXY | None:
    """Of an object in `box`: the part of `before` where it still does; None: the image does as well."""
    wanted = part_around(box, image_hw=image_hw, margin=margin)
    if area(wanted) > LARGEST_SHARE * image_hw[0] * image_hw[1]:
        return None
    if before is None or area(before) > MOST_TIMES_WANTED * area(wanted):
        return wanted
    needed = part_around(box, image_hw=image_hw, margin=LEAST_MARGIN)
    return before if contains(before, needed) else wanted


def contains(part: PartXYXY, other: PartXYXY) -> bool:
    x0, y0, x1, y1 = part
    return x0 <= other[0] and y0 <= other[1] and x1 >= other[2] and y1 >= other[3]


def holds_points(part: PartXYXY, points_xy: Points) -> NDArray[np.bool_]:
    """For each image point (n, 2), whether it lies in the part, its sides included: (n,)."""
    x0, y0, x1, y1 = part
    x, y = points_xy[:, 0], points_xy[:, 1]
    return (x >= x0) & (y >= y0) & (x <= x1) & (y <= y1)


def area(part: PartXYXY) -> int:
    x0, y0, x1, y1 = part
    return (x1 - x0) * (y1 - y0)
