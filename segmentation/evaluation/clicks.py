"""The simulated annotator: where the next click of the standard protocol goes.

Source: Xu et al., "Deep Interactive Object Selection" (CVPR 2016), as f-BRS and RITM evaluate it:
the first click on the pixel of the object farthest from its border, each further one in the middle
of an error, where the middle is the maximum of the Euclidean distance transform with the image border
counted as border. This is the variant "largest error region": the 8-connected component of missed
or of wrongly covered pixels with the largest area. (RITM's code takes the maximum of the distance
over all errors instead, which differs when a large error is thin.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.geometry import DeepestPixel, deepest_pixel, largest_region
from segmentation.geometry.regions import Mask
from segmentation.prompts import BACKGROUND, FOREGROUND


@dataclass(frozen=True)
class Click:
    x: float  # image point: the centre of a pixel
    y: float
    label: int  # FOREGROUND or BACKGROUND

    def as_triple(self) -> tuple[float, float, int]:
        return (self.x, self.y, self.label)


def first_click(truth: Mask) -> Click:
    """Foreground click deepest inside the object. Raises ValueError for an empty one."""
    deepest = _deepest_within(truth)
    if deepest is None:
        raise ValueError("an object without pixels cannot be clicked")
    return Click(*deepest.centre_xy, FOREGROUND)


def next_click(truth: Mask, predicted: Mask) -> Click | None:
    """Click in the middle of the largest error region, None where there is no error.

    Of equally large regions a missed one comes before a wrongly covered one.
    """
    missed = _largest_within(truth & ~predicted)
    wrong = _largest_within(predicted & ~truth)
    region, label = (wrong, BACKGROUND) if wrong.sum() > missed.sum() else (missed, FOREGROUND)
    deepest = _deepest_within(region)
    return None if deepest is None else Click(*deepest.centre_xy, label)


def _largest_within(errors: Mask) -> Mask:
    rows, columns = _extent(errors)
    region = largest_region(errors[rows, columns], connectivity=8)
    whole = np.zeros_like(errors)
    if region is not None:
        whole[rows, columns] = region
    return whole


def _deepest_within(mask: Mask) -> DeepestPixel | None:
    """`deepest_pixel`, computed on the part of the image that holds anything."""
    rows, columns = _extent(mask)
    deepest = deepest_pixel(mask[rows, columns])
    if deepest is None:
        return None
    return DeepestPixel(deepest.column + columns.start, deepest.row + rows.start, deepest.distance)


def _extent(mask: Mask) -> tuple[slice, slice]:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if rows.size == 0:
        return slice(0, 0), slice(0, 0)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)
