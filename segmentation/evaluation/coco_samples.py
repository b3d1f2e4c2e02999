"""Samples for the evaluation from a folder of images and a COCO file."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segmentation.evaluation.errors import CocoFileInvalid
from segmentation.evaluation.protocol import Sample
from segmentation.imaging import UnreadableImage, read_rgb
from segmentation.masks import InvalidRle, Rle, parse_rle, rle_from_polygons


@dataclass(frozen=True)
class Selection:
    """Which objects of the file take part. Crowds and objects without pixels never do."""

    annotation_ids: Collection[int | str] | None = None  # None: all
    min_area_fraction: float = 0.0  # of the image
    limit: int | None = None  # the first so many


def read_coco_samples(annotations: Path, images: Path, selection: Selection) -> list[Sample]:
    """Samples in the order of the file, those of one image together.

    An image is looked for at `images/file_name` and at `images/<last part of file_name>`.
    Raises CocoFileInvalid, which names the image or annotation at fault.
    """
    document = _read_json(annotations)
    try:
        image_rows = {row["id"]: row for row in document["images"]}
        chosen = _chosen(document["annotations"], selection)
        order = {image_id: at for at, image_id in enumerate(image_rows)}
        chosen.sort(key=lambda row: order[row["image_id"]])
        pairs = [(row, image_rows[row["image_id"]]) for row in chosen]
    except (KeyError, TypeError) as error:
        raise CocoFileInvalid(
            f"{annotations} is not a COCO file: a field is missing or of the wrong kind ({error}). "
            'It needs "images" (id, file_name, height, width) and "annotations" (id, image_id, segmentation).'
        ) from error
    samples: list[Sample] = []
    for row, image_row in pairs:
        truth = _truth(row, image_row)
        pixels = truth.size_hw[0] * truth.size_hw[1]
        if truth.area > 0 and truth.area >= selection.min_area_fraction * pixels:
            samples.append(_sample(row, image_row, truth, images))
        if len(samples) == selection.limit:
            break
    return samples


def read_annotation_ids(path: Path) -> list[int | str]:
    """Ids from a text file (one a line), a JSON list, or a split file (`annotation_ids` in `images`)."""
    text = _read_text(path)
    if not text.lstrip().startswith(("[", "{")):
        return [int(line) if line.isdigit() else line for line in text.split()]
    try:
        document = json.loads(text)
        rows = document["images"] if isinstance(document, Mapping) else [{"annotation_ids": document}]
        return [annotation_id for row in rows for annotation_id in row["annotation_ids"]]
    except (ValueError, KeyError, TypeError) as error:
        raise CocoFileInvalid(f"{path} holds no list of annotation ids. Put one id on each line.") from error


def _chosen(rows: Sequence[Mapping[str, Any]], selection: Selection) -> list[Mapping[str, Any]]:
    ids = None if selection.annotation_ids is None else set(selection.annotation_ids)
    chosen = [row for row in rows if not row.get("iscrowd") and (ids is None or row["id"] in ids)]
    if ids and (missing := ids - {row["id"] for row in chosen}):
        examples = ", ".join(sorted(map(str, missing))[:5])
        raise CocoFileInvalid(
            f"{len(missing)} of the chosen annotations are not in the file, or are crowds "
            f"(for example {examples}). Choose ids of this file."
        )
    return chosen


def _sample(row: Mapping[str, Any], image_row: Mapping[str, Any], truth: Rle, images: Path) -> Sample:
    path = _find_image(images, str(image_row["file_name"]))
    return Sample(
        annotation_id=row["id"], image_name=str(path), read_image=partial(_read_image, path), truth=truth
    )


def _read_image(path: Path) -> NDArray[np.uint8]:
    try:
        return read_rgb(path)
    except UnreadableImage as error:
        raise CocoFileInvalid(f"{path}: {error.message}") from error


def _find_image(images: Path, file_name: str) -> Path:
    for path in (images / file_name, images / Path(file_name).name):
        if path.is_file():
            return path
    raise CocoFileInvalid(f"The image {file_name} is not in {images}. Check --images.")


def _truth(row: Mapping[str, Any], image_row: Mapping[str, Any]) -> Rle:
    segmentation = row.get("segmentation")
    try:
        size_hw = (int(image_row["height"]), int(image_row["width"]))
        if isinstance(segmentation, list):
            return rle_from_polygons(segmentation, size_hw)
        return parse_rle(segmentation, expected_hw=size_hw)
    except InvalidRle as error:
        raise CocoFileInvalid(f"Annotation {row['id']}: {error.message}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise CocoFileInvalid(
            f"Annotation {row['id']}: its mask or the size of its image is missing."
        ) from error


def _read_json(path: Path) -> Mapping[str, Any]:
    try:
        document = json.loads(_read_text(path))
    except ValueError as error:
        raise CocoFileInvalid(f"{path} is not JSON ({error}). Export it again.") from error
    if not isinstance(document, Mapping):
        raise CocoFileInvalid(f"{path} is not a COCO annotation file. It has to be a JSON object.")
    return document


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CocoFileInvalid(f"{path} cannot be read ({error.strerror}). Check the path.") from error
    except UnicodeDecodeError as error:
        raise CocoFileInvalid(f"{path} is not a text file. Check the path.") from error
