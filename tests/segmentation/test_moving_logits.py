"""Logits of one part of an image on the cells of another one."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from segmentation.geometry import LogitGrid, move_logits

WHOLE = LogitGrid((0, 0, 300, 200), (64, 96), 4)
PART = LogitGrid((60, 50, 160, 130), (80, 96), 4)
BESIDE = LogitGrid((120, 40, 240, 120), (64, 96), 4)
HALF_A_CELL = LogitGrid((10, 20, 110, 90), (70, 98), 4)  # neither side is a multiple of the stride


def noise(grid: LogitGrid) -> NDArray[np.float32]:
    return np.random.default_rng(5).normal(0, 6, grid.valid_hw).astype(np.float32)


def plane(grid: LogitGrid) -> NDArray[np.float32]:
    """Half the image x minus a quarter of the image y, in the middle of each cell."""
    x0, y0, x1, y1 = grid.part
    rows, columns = np.indices(grid.valid_hw) + 0.5
    x = x0 + columns * grid.mask_stride / grid.input_hw[1] * (x1 - x0)
    y = y0 + rows * grid.mask_stride / grid.input_hw[0] * (y1 - y0)
    return (x / 2 - y / 4).astype(np.float32)


@pytest.mark.parametrize("grid", [WHOLE, PART, HALF_A_CELL])
def test_onto_the_same_cells_nothing_changes(grid: LogitGrid) -> None:
    assert move_logits(noise(grid), source=grid, target=grid) == pytest.approx(noise(grid), abs=1e-5)


@pytest.mark.parametrize("part", [PART, HALF_A_CELL])
def test_a_part_of_the_image_is_read_between_its_cells(part: LogitGrid) -> None:
    moved = move_logits(plane(WHOLE), source=WHOLE, target=part)
    assert moved.shape == part.valid_hw
    assert moved.dtype == np.float32
    assert moved == pytest.approx(plane(part), abs=1e-3)


def test_beyond_a_part_is_background() -> None:
    moved = move_logits(np.full(PART.valid_hw, 5, np.float32), source=PART, target=WHOLE)
    # Cells of the image are 12.5 pixels high and wide.
    inside = np.zeros(WHOLE.valid_hw, np.bool_)
    inside[4:10, 5:13] = True  # middles 56.25..118.75 and 68.75..156.25
    assert (moved[inside] == 5).all()
    assert (moved[~inside] == -8).all()


def test_background_is_so_far_below_the_threshold() -> None:
    moved = move_logits(noise(PART), source=PART, target=WHOLE, mask_threshold=3)
    assert moved[0, 0] == -5


def test_one_part_into_another_that_overlaps() -> None:
    moved = move_logits(plane(PART), source=PART, target=BESIDE)
    known = moved != -8
    x = 120 + (np.arange(24) + 0.5) * 5
    y = 40 + (np.arange(16) + 0.5) * 5
    assert np.array_equal(known, (y[:, None] >= 50) & (x <= 160))
    inner = known & (y[:, None] > 53) & (x < 157)  # within half a cell of a side the last cell is repeated
    assert moved[inner] == pytest.approx(plane(BESIDE)[inner], abs=1e-3)
