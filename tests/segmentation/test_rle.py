"""The RLE codec against the shared fixtures, and against pycocotools on whatever Hypothesis finds."""

from __future__ import annotations

import json
import time
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray
from pycocotools import mask as coco_mask

from segmentation.masks import InvalidRle, Rle, RleSumMismatch, decode, encode, parse_rle

FIXTURES = json.loads((Path(__file__).parents[1] / "fixtures" / "rle.json").read_text(encoding="utf-8"))

masks = arrays(
    np.bool_, array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=24), elements=st.booleans()
)


def by_name(entries: list[dict[str, Any]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("entry", entries, ids=[entry["name"] for entry in entries])


def mask_of(entry: dict[str, Any]) -> NDArray[np.bool_]:
    if "rows" in entry:
        return np.array([[pixel == "1" for pixel in row] for row in entry["rows"]])
    mask = np.zeros(entry["size"], np.bool_)
    for left, top, right, bottom, value in entry["paint"]:
        mask[top:bottom, left:right] = bool(value)
    return mask


@by_name(FIXTURES["valid"])
def test_encode_writes_what_pycocotools_writes(entry: dict[str, Any]) -> None:
    rle = encode(mask_of(entry))
    assert rle.to_coco() == {"size": entry["size"], "counts": entry["counts"]}
    assert rle.area == entry["area"]
    assert list(rle.bbox_xywh) == entry["bbox_xywh"]


@by_name(FIXTURES["valid"])
def test_decode_restores_the_mask(entry: dict[str, Any]) -> None:
    rle = parse_rle(entry, expected_hw=(entry["size"][0], entry["size"][1]))
    assert np.array_equal(decode(rle), mask_of(entry))
    assert entry.get("runs") in (None, rle.counts.tolist())


@by_name([entry for entry in FIXTURES["valid"] if "runs" in entry])
def test_uncompressed_counts_are_accepted(entry: dict[str, Any]) -> None:
    rle = parse_rle({"size": entry["size"], "counts": entry["runs"]})
    assert rle.to_coco()["counts"] == entry["counts"]


@by_name(FIXTURES["invalid"])
def test_what_is_not_an_rle_of_the_image_is_refused(entry: dict[str, Any]) -> None:
    height, width = entry["image_size"]
    with pytest.raises(InvalidRle) as caught:
        parse_rle(entry["rle"], expected_hw=(height, width))
    assert caught.value.code == entry["code"]
    assert caught.value.message.endswith((".", "?"))


@given(masks)
def test_round_trip_and_pycocotools_agree_on_any_mask(mask: NDArray[np.bool_]) -> None:
    truth = coco_mask.encode(np.asfortranarray(mask.astype(np.uint8)))
    rle = encode(mask)
    assert rle.to_coco()["counts"] == truth["counts"].decode()
    assert list(rle.bbox_xywh) == coco_mask.toBbox(truth).tolist()
    assert np.array_equal(decode(parse_rle(rle.to_coco())), mask)


@given(st.lists(st.integers(0, 2**26), min_size=1, max_size=40).filter(lambda runs: 0 < sum(runs) < 2**31))
def test_counts_string_equals_pycocotools_for_any_runs(runs: list[int]) -> None:
    size = [sum(runs), 1]
    truth = coco_mask.frPyObjects({"size": size, "counts": runs}, *size)["counts"].decode()
    rle = parse_rle({"size": size, "counts": runs})
    assert rle.to_coco()["counts"] == truth
    assert parse_rle({"size": size, "counts": truth}).counts.tolist() == runs


@given(
    st.text(alphabet=[chr(code) for code in range(40, 120)], max_size=60),
    st.tuples(st.integers(1, 9), st.integers(1, 9)),
)
def test_garbage_is_refused_or_is_a_mask(counts: str, size: tuple[int, int]) -> None:
    try:
        rle = parse_rle({"size": list(size), "counts": counts})
    except InvalidRle:
        return
    truth = coco_mask.decode({"size": list(size), "counts": counts.encode()})
    assert np.array_equal(decode(rle), truth.astype(bool))


@given(masks, st.data())
def test_runs_cut_by_empty_ones_are_the_same_mask(mask: NDArray[np.bool_], data: st.DataObject) -> None:
    runs = encode(mask).counts.tolist()
    at = data.draw(st.integers(0, len(runs) - 1))
    cut = data.draw(st.integers(0, runs[at]))
    odd = Rle(mask.shape, np.array([*runs[:at], cut, 0, runs[at] - cut, *runs[at + 1 :]], np.int64))
    assert odd == encode(mask)
    assert odd.canonical().to_coco() == encode(mask).to_coco()
    assert odd.bbox_xywh == encode(mask).bbox_xywh


def test_any_value_but_zero_is_foreground() -> None:
    assert encode(np.array([[0, 255], [2, 0]], np.uint8)) == encode(np.array([[False, True], [True, False]]))


def test_pycocotools_bytes_are_accepted() -> None:
    truth = coco_mask.encode(np.asfortranarray(np.eye(4, dtype=np.uint8)))
    assert np.array_equal(decode(parse_rle(truth)), np.eye(4, dtype=bool))


def test_a_claimed_size_allocates_nothing() -> None:
    tracemalloc.start()
    with pytest.raises(RleSumMismatch):
        parse_rle({"size": [46_000, 46_000], "counts": "h0"})
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


def test_a_12_megapixel_mask_is_coded_in_tens_of_milliseconds() -> None:
    rows, columns = np.ogrid[:3000, :4000]
    mask = (rows - 1500) ** 2 + (columns - 2000) ** 2 < 1200**2
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        restored = decode(parse_rle(encode(mask).to_coco()))
        seconds.append(time.perf_counter() - start)
    assert np.array_equal(restored, mask)
    assert min(seconds) < 0.15
