"""Finds a palette of colours that show everywhere: each is the one that differs most from those before it."""

import numpy as np

from tools.palette.colour_vision import Floats, lab_as_seen
from tools.palette.measuring import differences_between, differences_on_grounds

LEVELS = np.linspace(0, 255, 18).round() / 255
# Five times what is just seen, on the worst ground. More leaves too few that differ from each other: with 8
# the two most alike differ by 7, with 5 by 10.
LEAST_ON_GROUND = 5.0
# CIELAB L*: colours are also swatches on the panels of the dark and of the light theme.
LIGHTNESS = (30.0, 92.0)


def search(count: int, *, first: tuple[float, float, float]) -> list[str]:
    """`count` colours, best first: however few categories there are, theirs are as different as can be."""
    pool = _pool()
    chosen = [int(np.abs(pool - np.array(first)).sum(axis=1).argmin())]
    nearest = differences_between(pool, pool[chosen])[:, 0]
    while len(chosen) < count:
        chosen.append(int(nearest.argmax()))
        nearest = np.minimum(nearest, differences_between(pool, pool[chosen[-1:]])[:, 0])
    return ["#" + "".join(f"{round(value * 255):02x}" for value in pool[index]) for index in chosen]


def _pool() -> Floats:
    grid = np.stack(np.meshgrid(LEVELS, LEVELS, LEVELS, indexing="ij"), axis=-1).reshape(-1, 3)
    lightness = lab_as_seen(grid, "normal")[:, 0]
    is_swatch = (lightness >= LIGHTNESS[0]) & (lightness <= LIGHTNESS[1])
    is_shown = differences_on_grounds(grid).min(axis=1) >= LEAST_ON_GROUND
    pool: Floats = grid[is_swatch & is_shown]
    return pool
