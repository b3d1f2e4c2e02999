"""The sets travel small, and are the same sets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from segmentation.masks import decode, parse_rle
from segmentation.training.pack import pack_set
from segmentation.training.regions import PhotoUnreadable, open_cache

pytestmark = pytest.mark.more


def test_photos_and_masks_shrink_together(data: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    assert pack_set(data / "coco", small / "coco", longest_side=40, quality=80) > 0
    before, after = (
        json.loads((folder / "coco" / "annotations.json").read_text()) for folder in (data, small)
    )
    assert [row["id"] for row in after["annotations"]] == [row["id"] for row in before["annotations"]]
    assert {(row["height"], row["width"]) for row in after["images"]} == {(30, 40)}
    for row in after["annotations"]:
        mask = decode(parse_rle(row["segmentation"]))
        assert mask.shape == (30, 40)
        assert row["area"] == mask.sum() == pytest.approx(row["bbox"][2] * row["bbox"][3])


def test_training_reads_what_was_packed(data: Path, tmp_path: Path) -> None:
    pack_set(data / "coco", tmp_path / "small" / "coco", longest_side=40, quality=80)
    cache = open_cache(tmp_path / "small", ["coco"], tmp_path / "cache")
    assert cache.image(cache.photos[0]).shape == (30, 40, 3)
    assert len(cache.photos[0].regions) == 2


def test_a_smaller_photo_stays_as_large_as_it_is(data: Path, tmp_path: Path) -> None:
    pack_set(data / "coco", tmp_path / "coco", longest_side=448, quality=80)
    after = json.loads((tmp_path / "coco" / "annotations.json").read_text())
    assert {(row["height"], row["width"]) for row in after["images"]} == {(60, 80)}


def test_a_missing_photo_is_named(data: Path, tmp_path: Path) -> None:
    (data / "coco" / "images" / "2.png").unlink()
    with pytest.raises(PhotoUnreadable, match=r"2\.png"):
        pack_set(data / "coco", tmp_path / "coco", longest_side=40, quality=80)
