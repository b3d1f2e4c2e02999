"""Polygons are filled as pycocotools fills them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycocotools import mask as coco_mask

from segmentation.masks import RleMalformed, rle_from_polygons

coordinates = st.floats(-15, 45, width=32)
polygons = st.lists(
    st.lists(coordinates, min_size=6, max_size=24).filter(lambda xy: len(xy) % 2 == 0), min_size=1, max_size=3
)


def truth(polygons: list[list[float]], size_hw: tuple[int, int]) -> str:
    merged = coco_mask.merge(coco_mask.frPyObjects(polygons, *size_hw))
    mask = coco_mask.decode(merged)
    counts: bytes = coco_mask.encode(np.asfortranarray(mask))["counts"]
    return counts.decode()


@given(polygons, st.sampled_from([(20, 30), (31, 7), (1, 40), (40, 1)]))
def test_any_polygons_equal_pycocotools(polygons: list[list[float]], size_hw: tuple[int, int]) -> None:
    assert rle_from_polygons(polygons, size_hw).to_coco()["counts"] == truth(polygons, size_hw)


@given(st.lists(st.integers(0, 25), min_size=6, max_size=20).filter(lambda xy: len(xy) % 2 == 0))
def test_polygons_on_the_pixel_grid_equal_pycocotools(polygon: list[int]) -> None:
    assert rle_from_polygons([polygon], (24, 24)).to_coco()["counts"] == truth(
        [[float(value) for value in polygon]], (24, 24)
    )


def test_a_rectangle_covers_its_pixels() -> None:
    assert rle_from_polygons([[2, 1, 6, 1, 6, 4, 2, 4]], (8, 8)).bbox_xywh == (2, 1, 4, 3)


@pytest.mark.parametrize(
    "polygon",
    [
        [1, 2, 3, 4],
        [1, 2, 3, 4, 5, 6, 7],
        [0, 0, 5, 5, float("nan"), 2],
        [0, 0, 1e9, 0, 5, 5],
        ["a"] * 6,
        "123456",
        [],
    ],
)
def test_what_is_no_polygon_on_the_image_is_refused(polygon: Any) -> None:
    with pytest.raises(RleMalformed, match="polygon"):
        rle_from_polygons([polygon], (20, 20))
