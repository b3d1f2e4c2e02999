"""The figures of the palette, and the formula behind them."""

import numpy as np
import pytest

from annotator.projects.palette import PALETTE
from tools.palette.colour_vision import VISIONS, ciede2000
from tools.palette.measuring import GROUNDS, measure


@pytest.mark.parametrize(
    ("a", "b", "difference"),
    [  # Pairs 1, 7, 17 and 25 of the table in Sharma, Wu & Dalal 2005.
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0009), 7.1792),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ],
)
def test_differences_are_those_of_the_paper(
    a: tuple[float, float, float], b: tuple[float, float, float], difference: float
) -> None:
    assert ciede2000(np.array(a), np.array(b)) == pytest.approx(difference, abs=1e-4)


@pytest.mark.parametrize("vision", VISIONS)
def test_every_vision_sees_grey_as_grey(vision: str) -> None:
    assert VISIONS[vision] @ np.ones(3) == pytest.approx(np.ones(3), abs=1e-5)


def test_any_two_colors_are_told_apart_by_everybody() -> None:
    assert measure(PALETTE).between >= 10
    assert measure(PALETTE[:8]).between >= 18


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_mask_of_any_color_shows_on_every_ground(ground: str) -> None:
    assert measure(PALETTE).on_ground[ground] >= 5
