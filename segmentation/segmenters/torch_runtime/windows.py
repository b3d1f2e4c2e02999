"""Windows of a grid of tokens. The grid need not divide: what is missing is filled, as it was in training."""

from __future__ import annotations

from torch import Tensor

from segmentation.geometry import HW


def to_windows(grid: Tensor, side: int, filling: Tensor) -> Tensor:
    """(B, h, w, C) -> (B * windows, side, side, C); beyond the grid there is `filling` (C)."""
    batch, height, width, channels = grid.shape
    rows, columns = -(-height // side), -(-width // side)
    if (rows * side, columns * side) != (height, width):
        filled = filling.expand(batch, rows * side, columns * side, channels).contiguous()
        filled[:, :height, :width] = grid
        grid = filled
    windows = grid.view(batch, rows, side, columns, side, channels).transpose(2, 3)
    return windows.reshape(-1, side, side, channels)


def from_windows(windows: Tensor, grid_hw: HW) -> Tensor:
    """Inverse of `to_windows`, without what was filled: (B, h, w, C)."""
    side, channels = windows.shape[1], windows.shape[-1]
    rows, columns = -(-grid_hw[0] // side), -(-grid_hw[1] // side)
    grid = windows.view(-1, rows, columns, side, side, channels).transpose(2, 3)
    return grid.reshape(-1, rows * side, columns * side, channels)[:, : grid_hw[0], : grid_hw[1]]
