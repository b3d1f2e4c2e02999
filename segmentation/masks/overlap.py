"""Masks that share no pixel, computed on their runs: no mask is drawn at full size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from segmentation.masks.counts_string import Counts
from segmentation.masks.rle import Rle


def subtract(mask: Rle, taken: Rle) -> Rle:
    """The pixels of `mask` that `taken` lacks; both of one image. Canonical runs."""
    if mask.size_hw != taken.size_hw:
        raise ValueError(f"masks of one image have one size, not {mask.size_hw} and {taken.size_hw}")
    starts, ends = mask.foreground_runs()
    taken_starts, taken_ends = taken.foreground_runs()
    bounds = np.unique(np.concatenate((starts, ends, taken_starts, taken_ends)))
    lefts, rights = bounds[:-1], bounds[1:]
    kept = _covers(starts, ends, lefts) & ~_covers(taken_starts, taken_ends, lefts)
    return _from_runs(mask.size_hw, lefts[kept], rights[kept])


def topmost_only(masks: Sequence[Rle]) -> list[Rle]:
    """Of masks in drawing order (the last on top) what can be seen of each: a pixel belongs to the topmost.

    Masks that nothing covers come back as they are. Time grows with the pairs whose boxes meet.
    """
    boxes = np.array([mask.bbox_xywh for mask in masks], np.int64).reshape(-1, 4)
    seen = []
    for index, mask in enumerate(masks):
        above = np.flatnonzero(_meets(boxes[index], boxes[index + 1 :]))
        for place in above.tolist():
            mask = subtract(mask, masks[index + 1 + place])
        seen.append(mask)
    return seen


def _covers(starts: Counts, ends: Counts, indices: Counts) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether a foreground run holds each of the ascending pixel indices."""
    run = np.searchsorted(starts, indices, side="right") - 1
    inside: np.ndarray[tuple[int], np.dtype[np.bool_]] = run >= 0
    inside[inside] = indices[inside] < ends[run[inside]]
    return inside


def _from_runs(size_hw: tuple[int, int], starts: Counts, ends: Counts) -> Rle:
    counts = np.diff(
        np.concatenate(([0], np.column_stack((starts, ends)).ravel(), [size_hw[0] * size_hw[1]]))
    )
    return Rle(size_hw, counts.astype(np.int64)).canonical()


def _meets(box_xywh: Counts, others_xywh: Counts) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    x, y, width, height = box_xywh
    left, top, right, bottom = others_xywh.T[0], others_xywh.T[1], *(others_xywh.T[:2] + others_xywh.T[2:])
    meets: np.ndarray[tuple[int], np.dtype[np.bool_]] = (
        (left < x + width) & (right > x) & (top < y + height) & (bottom > y)
    )
    return meets
