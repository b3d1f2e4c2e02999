"""COCO run length encoding, bit-exact with pycocotools, in numpy alone.

Runs go down the columns (column-major), alternate background and foreground, and start with
background. Source: `rleEncode`, `rleDecode`, `rleArea`, `rleToBbox` in cocodataset/cocoapi,
common/maskApi.c.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from segmentation.masks.counts_string import Counts, counts_to_string

Mask = NDArray[np.bool_]  # (h, w), True is foreground


class CocoRle(TypedDict):
    """The mask on the wire: `size` is [h, w], `counts` the compressed string."""

    size: list[int]
    counts: str


@dataclass(frozen=True, eq=False)
class Rle:
    """A mask as run lengths. `counts` sum up to h * w; `parse_rle` checks those from outside."""

    size_hw: tuple[int, int]
    counts: Counts  # (n,) background first, alternating

    def __eq__(self, other: object) -> bool:
        """Equal masks are equal, however their runs are cut up."""
        if not isinstance(other, Rle):
            return NotImplemented
        same_size = self.size_hw == other.size_hw
        return same_size and np.array_equal(self.canonical().counts, other.canonical().counts)

    def __hash__(self) -> int:
        return hash((self.size_hw, self.canonical().counts.tobytes()))

    @property
    def area(self) -> int:
        """Foreground pixels."""
        return int(self.counts[1::2].sum())

    @property
    def bbox_xywh(self) -> tuple[int, int, int, int]:
        """Smallest box around the foreground in whole pixels; all zeros for an empty mask."""
        starts, ends = self.foreground_runs()
        if starts.size == 0:
            return (0, 0, 0, 0)
        height = self.size_hw[0]
        lasts = ends - 1
        first_columns, last_columns = starts // height, lasts // height
        left, right = int(first_columns[0]), int(last_columns[-1])
        if (first_columns != last_columns).any():  # a run over a column's end touches bottom and top
            return (left, 0, right - left + 1, height)
        top, bottom = int((starts % height).min()), int((lasts % height).max())
        return (left, top, right - left + 1, bottom - top + 1)

    def foreground_runs(self) -> tuple[Counts, Counts]:
        """Starts and ends (exclusive) of the foreground runs as column-major indices, ascending."""
        bounds = np.cumsum(self.counts)
        starts, ends = bounds[0:-1:2], bounds[1::2]
        not_empty = ends > starts
        return starts[not_empty], ends[not_empty]

    def canonical(self) -> Rle:
        """The same mask in the runs that an encoder writes: none empty but perhaps the first."""
        if len(self.counts) and (self.counts[1:] > 0).all():
            return self
        starts, ends = self.foreground_runs()
        return Rle(self.size_hw, _runs_between(starts, ends, self.size_hw[0] * self.size_hw[1]))

    def to_coco(self) -> CocoRle:
        return {"size": list(self.size_hw), "counts": counts_to_string(self.counts)}


def encode(mask: NDArray[np.generic]) -> Rle:
    """RLE of a mask (h, w); anything but zero is foreground."""
    if mask.ndim != 2:
        raise ValueError(f"a mask is (h, w), not {mask.shape}")
    height, width = mask.shape
    columns = np.ascontiguousarray(mask.T, dtype=np.bool_).reshape(-1)
    if columns.size == 0:
        return Rle((height, width), np.zeros(1, np.int64))
    changes = np.flatnonzero(columns[1:] != columns[:-1]) + 1
    first = [0, 0] if columns[0] else [0]
    return Rle((height, width), np.diff(np.concatenate((first, changes, [columns.size]))))


def decode(rle: Rle) -> Mask:
    """Mask (h, w) of an RLE. Column-major in memory, like pycocotools' result."""
    height, width = rle.size_hw
    values = np.zeros(len(rle.counts), np.bool_)
    values[1::2] = True
    return np.repeat(values, rle.counts).reshape(width, height).T


def _runs_between(starts: Counts, ends: Counts, pixels: int) -> Counts:
    """Canonical counts of ascending foreground runs, of which neighbours may touch."""
    apart = starts[1:] > ends[:-1]
    starts = starts[np.concatenate(([True], apart))] if starts.size else starts
    ends = ends[np.concatenate((apart, [True]))] if ends.size else ends
    bounds = np.empty(2 * len(starts) + 2, np.int64)
    bounds[0], bounds[-1] = 0, pixels
    bounds[1:-1:2], bounds[2:-1:2] = starts, ends
    counts = np.diff(bounds)
    return counts if counts[-1] > 0 or len(counts) == 1 else counts[:-1]
