"""Which part of an image is looked at closer: the shared cases, and what they do not say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.geometry import holds_points, object_box, part_around, part_to_look_at
from tests.fixtures.make_closer_look import entries

FIXTURE = Path(__file__).parents[1] / "fixtures" / "closer_look.json"
CASES = json.loads(FIXTURE.read_text(encoding="utf-8"))
NO_POINTS = np.zeros((0, 2), np.float32)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_parts_are_those_of_the_browser(case: dict[str, Any]) -> None:
    before = case["before"] and tuple(case["before"])
    part = part_to_look_at(
        tuple(case["box"]), image_hw=tuple(case["image_hw"]), margin=case["margin"], before=before
    )
    assert part == (case["part"] and tuple(case["part"]))


def test_the_shared_cases_are_those_of_their_generator() -> None:
    assert json.loads(json.dumps(entries())) == CASES


@given(st.data())
def test_a_part_lies_in_the_image_and_holds_its_object(data: st.DataObject) -> None:
    height, width = data.draw(st.integers(1, 3000)), data.draw(st.integers(1, 3000))
    x0, y0 = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    x1, y1 = data.draw(st.integers(x0 + 1, width)), data.draw(st.integers(y0 + 1, height))
    left, top, right, bottom = part_around((x0, y0, x1, y1), image_hw=(height, width), margin=1.2)
    assert 0 <= left <= x0 < x1 <= right <= width
    assert 0 <= top <= y0 < y1 <= bottom <= height


def test_a_box_holds_the_mask_and_the_pixels_of_the_points() -> None:
    mask = np.zeros((20, 30), np.bool_)
    mask[4:9, 5:12] = True
    points = np.array([[14.5, 6.0], [30.0, 19.99]], np.float32)  # the second on the image's right side
    assert object_box(mask, NO_POINTS) == (5, 4, 12, 9)
    assert object_box(mask, points[:1]) == (5, 4, 15, 9)
    assert object_box(mask, points) == (5, 4, 30, 20)


def test_without_mask_and_points_there_is_no_box() -> None:
    nothing = np.zeros((20, 30), np.bool_)
    assert object_box(nothing, NO_POINTS) is None
    assert object_box(nothing, np.array([[3.5, 4.5]], np.float32)) == (3, 4, 4, 5)


def test_points_on_the_sides_of_a_part_are_held() -> None:
    points = np.array([[10, 20], [30, 40], [9.9, 25], [20, 40.1]], np.float32)
    assert holds_points((10, 20, 30, 40), points).tolist() == [True, True, False, False]
