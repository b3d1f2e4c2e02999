"""Coordinates against the shared fixtures, regions against hand-made masks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.geometry import (
    box_corners,
    deepest_pixel,
    image_to_model,
    largest_region,
    longest_side_hw,
    mask_from_logits,
    model_to_image,
    upsample_logits,
    valid_low_res_hw,
)

FIXTURES = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "coordinates.json").read_text(encoding="utf-8")
)
sides = st.integers(1, 5000)


def upsampling_arguments(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "low_res_logits": np.array(entry["low_res_logits"], np.float32),
        "original_hw": tuple(entry["original_hw"]),
        "input_hw": tuple(entry["input_hw"]),
        "mask_stride": entry["mask_stride"],
    }


@pytest.mark.parametrize("entry", FIXTURES["input_hw"])
def test_longest_side_rule(entry: dict[str, Any]) -> None:
    input_hw = longest_side_hw(
        tuple(entry["original_hw"]), longest_side=entry["longest_side"], multiple=entry["multiple"]
    )
    assert list(input_hw) == entry["input_hw"]


@given(sides, sides, st.sampled_from([(512, 32), (1024, 1), (384, 16)]))
def test_input_size_is_made_of_multiples_and_keeps_the_longest_side(
    height: int, width: int, rule: tuple[int, int]
) -> None:
    longest_side, multiple = rule
    input_hw = longest_side_hw((height, width), longest_side=longest_side, multiple=multiple)
    assert max(input_hw) == longest_side
    assert all(side % multiple == 0 and side >= multiple for side in input_hw)


@pytest.mark.parametrize("entry", FIXTURES["points"])
def test_image_points_become_model_points(entry: dict[str, Any]) -> None:
    points = np.array(entry["image_xy"], np.float32)
    sizes = {"original_hw": tuple(entry["original_hw"]), "input_hw": tuple(entry["input_hw"])}
    model_points = image_to_model(points, **sizes)
    np.testing.assert_allclose(model_points, entry["model_xy"], rtol=1e-6)
    np.testing.assert_allclose(model_to_image(model_points, **sizes), points, rtol=1e-5)


def test_no_points_become_no_points() -> None:
    nothing = np.zeros((0, 2), np.float32)
    assert image_to_model(nothing, original_hw=(3, 4), input_hw=(32, 32)).shape == (0, 2)


def test_box_corners_are_top_left_and_bottom_right() -> None:
    assert box_corners((1, 2, 30, 40)).tolist() == [[1, 2], [30, 40]]


@pytest.mark.parametrize("entry", FIXTURES["upsampling"], ids=lambda entry: entry["name"])
def test_upsampling_gives_the_golden_logits_and_mask(entry: dict[str, Any]) -> None:
    arguments = upsampling_arguments(entry)
    np.testing.assert_allclose(upsample_logits(**arguments), entry["image_logits"], atol=2e-5)
    mask = mask_from_logits(**arguments, mask_threshold=entry["mask_threshold"])
    assert ["".join(str(int(pixel)) for pixel in row) for row in mask] == entry["mask_rows"]


def test_upsampling_is_a_bilinear_resize_with_half_pixel_centres() -> None:
    logits = np.random.default_rng(1).normal(size=(24, 32)).astype(np.float32)
    ours = upsample_logits(logits, original_hw=(300, 500), input_hw=(96, 128), mask_stride=4)
    np.testing.assert_allclose(
        ours, cv2.resize(logits, (500, 300), interpolation=cv2.INTER_LINEAR), atol=1e-4
    )


def test_mask_of_a_large_image_equals_the_thresholded_logits() -> None:
    logits = np.random.default_rng(2).normal(size=(24, 32)).astype(np.float32)
    arguments: dict[str, Any] = {"original_hw": (777, 901), "input_hw": (96, 128), "mask_stride": 4}
    mask = mask_from_logits(logits, **arguments, mask_threshold=0.3)
    assert np.array_equal(mask, upsample_logits(logits, **arguments) > 0.3)


def test_logits_smaller_than_the_valid_region_are_refused() -> None:
    with pytest.raises(ValueError, match="smaller than the valid"):
        upsample_logits(np.zeros((2, 2), np.float32), original_hw=(9, 9), input_hw=(12, 12), mask_stride=4)


def test_valid_region_is_rounded_up() -> None:
    assert valid_low_res_hw((14, 24), mask_stride=4) == (4, 6)


def test_largest_region_joins_diagonals_only_with_eight_neighbours() -> None:
    mask = np.array([[1, 0, 0, 1], [0, 1, 0, 1], [0, 0, 1, 0]], bool)
    joined, apart = largest_region(mask, connectivity=8), largest_region(mask, connectivity=4)
    assert joined is not None
    assert apart is not None
    assert joined.sum() == 5
    assert np.argwhere(apart).tolist() == [[0, 3], [1, 3]]


def test_of_equal_regions_the_first_by_rows_wins() -> None:
    mask = np.zeros((6, 40), bool)
    mask[1:3, 20:22] = mask[2:4, 1:3] = True
    region = largest_region(mask)
    assert region is not None
    assert np.argwhere(region)[0].tolist() == [1, 20]


@pytest.mark.parametrize("size_hw", [(3, 3), (0, 0), (0, 4)])
def test_an_empty_mask_has_no_region_and_no_deepest_pixel(size_hw: tuple[int, int]) -> None:
    assert largest_region(np.zeros(size_hw, bool)) is None
    assert deepest_pixel(np.zeros(size_hw, bool)) is None


def test_deepest_pixel_counts_the_image_border_as_outside() -> None:
    deepest = deepest_pixel(np.ones((5, 9), bool))
    assert deepest is not None
    assert (deepest.row, deepest.column, deepest.distance) == (2, 2, 3.0)
    assert deepest.centre_xy == (2.5, 2.5)


def test_deepest_pixel_is_at_the_greatest_distance_by_brute_force() -> None:
    rng = np.random.default_rng(3)
    for _ in range(20):
        mask = cv2.GaussianBlur(rng.random((21, 17)), (0, 0), 2) > 0.5
        deepest = deepest_pixel(mask)
        if deepest is None:
            continue
        outside = np.argwhere(~np.pad(mask, 1)) - 1
        distances = [np.hypot(*(outside - pixel).T).min() for pixel in np.argwhere(mask)]
        best = int(np.argmax(np.round(distances, 6)))
        assert [deepest.row, deepest.column] == np.argwhere(mask)[best].tolist()
        assert deepest.distance == pytest.approx(distances[best])
