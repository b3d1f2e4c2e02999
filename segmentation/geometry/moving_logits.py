"""Low-res logits of one part of an image onto the cells of another part: bilinear, half-pixel centres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segmentation.geometry.parts import PartXYXY
from segmentation.geometry.sizes import HW, valid_low_res_hw

SURELY = 8.0  # so far below the threshold lies a cell of which the logits say nothing


@dataclass(frozen=True)
class LogitGrid:
    """Where low-res logits lie: on a part of an image, resized to input_hw, a cell for each stride."""

    part: PartXYXY
    input_hw: HW
    mask_stride: int

    @property
    def valid_hw(self) -> HW:
        return valid_low_res_hw(self.input_hw, mask_stride=self.mask_stride)


@dataclass(frozen=True)
class _Taps:
    """For the cells of one axis: the two earlier cells around each, the share of the second, and whether
    the earlier logits say anything there."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    share: NDArray[np.float32]
    known: NDArray[np.bool_]


def move_logits(
    low_res_logits: NDArray[np.float32], *, source: LogitGrid, target: LogitGrid, mask_threshold: float = 0.0
) -> NDArray[np.float32]:
    """Logits (h, w) on the valid cells of `target`, read in the middle of each; surely background beyond."""
    rows, columns = _axis_taps(source, target, 0), _axis_taps(source, target, 1)
    upper, lower = low_res_logits[rows.first], low_res_logits[rows.second]
    along = upper + (lower - upper) * rows.share[:, None]
    left, right = along[:, columns.first], along[:, columns.second]
    moved = left + (right - left) * columns.share
    known = rows.known[:, None] & columns.known
    return np.where(known, moved, np.float32(mask_threshold - SURELY))


def _axis_taps(source: LogitGrid, target: LogitGrid, axis: int) -> _Taps:
    (low, high), (start, end) = _sides(source, axis), _sides(target, axis)
    cells = (np.arange(target.valid_hw[axis]) + 0.5) * target.mask_stride / target.input_hw[axis]
    image_points = start + cells * (end - start)
    position = (image_points - low) / (high - low) * source.input_hw[axis] / source.mask_stride - 0.5
    last = source.valid_hw[axis] - 1
    clamped = np.clip(position, 0, last)
    first = np.floor(clamped).astype(np.int64)
    known = (image_points >= low) & (image_points <= high)
    return _Taps(first, np.minimum(first + 1, last), (clamped - first).astype(np.float32), known)


def _sides(grid: LogitGrid, axis: int) -> tuple[int, int]:
    x0, y0, x1, y1 = grid.part
    return (y0, y1) if axis == 0 else (x0, x1)
