"""Photos with regions, read from folders of COCO json into one memory-mapped cache.

The cache holds decoded pixels and, per region, the bits of its mask inside its box, so that drawing
a training scene decodes neither JPEG nor RLE and every worker thread shares the same pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from segmentation.masks import decode, parse_rle

FORMAT = 1


class PhotoUnreadable(ValueError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is missing or no image. Check the folder given as --data.")


@dataclass(frozen=True)
class Region:
    annotation_id: int
    area: int
    bbox_xywh: tuple[int, int, int, int]
    is_thing: bool
    offset: int  # of its bits in masks.bin, in bytes


@dataclass(frozen=True)
class Photo:
    dataset: str
    file_name: str
    height: int
    width: int
    offset: int  # of its pixels in pixels.bin
    regions: tuple[Region, ...]


@dataclass(frozen=True)
class RegionCache:
    folder: Path
    photos: tuple[Photo, ...]

    @cached_property
    def _pixels(self) -> NDArray[np.uint8]:
        return np.memmap(self.folder / "pixels.bin", np.uint8, mode="r")

    @cached_property
    def _masks(self) -> NDArray[np.uint8]:
        return np.memmap(self.folder / "masks.bin", np.uint8, mode="r")

    def __reduce__(self) -> tuple[type[RegionCache], tuple[Path, tuple[Photo, ...]]]:
        """Another process maps the files anew instead of receiving their bytes."""
        return RegionCache, (self.folder, self.photos)

    def image(self, photo: Photo) -> NDArray[np.uint8]:
        """(height, width, 3) RGB, read-only."""
        size = photo.height * photo.width * 3
        flat = self._pixels[photo.offset : photo.offset + size]
        return flat.reshape(photo.height, photo.width, 3)

    def cropped_mask(self, region: Region) -> NDArray[np.uint8]:
        """(bbox height, bbox width) of 0 and 1."""
        _, _, width, height = region.bbox_xywh
        count = (width * height + 7) // 8
        bits = np.unpackbits(self._masks[region.offset : region.offset + count])
        return bits[: width * height].reshape(height, width)

    def mask(self, photo: Photo, region: Region) -> NDArray[np.uint8]:
        """(height, width) of 0 and 1."""
        full = np.zeros((photo.height, photo.width), np.uint8)
        x, y, width, height = region.bbox_xywh
        full[y : y + height, x : x + width] = self.cropped_mask(region)
        return full


def open_cache(data: Path, names: Sequence[str], folder: Path) -> RegionCache:
    """The cache in `folder`, built first if it is not there or holds other sets."""
    wanted = {"format": FORMAT, "names": list(names)}
    index = folder / "index.json"
    if not index.exists() or json.loads(index.read_text())["wanted"] != wanted:
        folder.mkdir(parents=True, exist_ok=True)
        photos = _write_cache(data, names, folder)
        rows = [asdict(photo) for photo in photos]
        index.write_text(json.dumps({"wanted": wanted, "photos": rows}))
    raw = json.loads(index.read_text())
    return RegionCache(folder, tuple(_photo(row) for row in raw["photos"]))


def _photo(row: dict[str, Any]) -> Photo:
    regions = tuple(
        Region(**{**region, "bbox_xywh": tuple(region["bbox_xywh"])}) for region in row["regions"]
    )
    return Photo(**{**row, "regions": regions})


def _write_cache(data: Path, names: Sequence[str], folder: Path) -> list[Photo]:
    with (folder / "pixels.bin").open("wb") as pixels, (folder / "masks.bin").open("wb") as masks:
        return [
            _append(pixels, masks, data / name, image, annotations, categories)
            for name in names
            for image, annotations, categories in tqdm(list(_records(data / name)), desc=name)
        ]


def _records(
    folder: Path,
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]], dict[int, dict[str, Any]]]]:
    raw = json.loads((folder / "annotations.json").read_text(encoding="utf-8"))
    categories = {category["id"]: category for category in raw["categories"]}
    by_image: dict[int, list[dict[str, Any]]] = {image["id"]: [] for image in raw["images"]}
    for annotation in raw["annotations"]:
        if not annotation["iscrowd"] and annotation["area"] > 0:
            by_image[annotation["image_id"]].append(annotation)
    for image in raw["images"]:
        yield image, by_image[image["id"]], categories


def _append(
    pixels: BinaryIO,
    masks: BinaryIO,
    folder: Path,
    image: dict[str, Any],
    annotations: list[dict[str, Any]],
    categories: dict[int, dict[str, Any]],
) -> Photo:
    path = folder / "images" / image["file_name"]
    bgr = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if bgr is None:
        raise PhotoUnreadable(path)
    offset = pixels.tell()
    pixels.write(np.ascontiguousarray(bgr[:, :, ::-1]).tobytes())
    regions = tuple(
        _append_region(masks, annotation, categories[annotation["category_id"]]) for annotation in annotations
    )
    height, width = bgr.shape[:2]
    return Photo(folder.name, image["file_name"], height, width, offset, regions)


def _append_region(masks: BinaryIO, annotation: dict[str, Any], category: dict[str, Any]) -> Region:
    mask = decode(parse_rle(annotation["segmentation"]))
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    top, left = int(rows[0]), int(columns[0])
    height, width = int(rows[-1]) + 1 - top, int(columns[-1]) + 1 - left
    offset = masks.tell()
    masks.write(np.packbits(mask[top : top + height, left : left + width]).tobytes())
    box = (left, top, width, height)
    thing = bool(category.get("isthing", 1))
    return Region(annotation["id"], int(mask.sum()), box, thing, offset)
