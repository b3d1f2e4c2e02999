"""The photos that are labelled, and what is true of them: COCO photos that no training has seen."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from segmentation.evaluation.coco_samples import Selection, read_coco_samples
from segmentation.masks import decode
from segmentation.training.splits import load_held_back
from tests.fixtures.truth import Mask
from tools.paths import ROOT
from tools.problem import Problem

# Smaller things are left to other tools, as COCO's own evaluation calls them small.
MIN_AREA_PX = 32 * 32
# A whole photo is labelled; a crowd of small things would be most of the figures.
MAX_OBJECTS = 12


@dataclass(frozen=True)
class Thing:
    """One object that is to be labelled."""

    category: str
    truth: Mask  # (h, w)


@dataclass(frozen=True)
class Photo:
    path: Path
    things: tuple[Thing, ...]  # from left to right, as people go through a photo


def shared_data() -> Path:
    folder = Path(os.environ.get("MASKWRIGHT_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not (folder / "regions" / "coco").is_dir():
        raise Problem(
            f"There is no regions/coco in {folder}. Set MASKWRIGHT_SHARED_DATA to the folder that has it."
        )
    return folder


def read_photos(first: int, last: int) -> list[Photo]:
    """Those that have each of their things outlined: from number `first` up to, not including, `last`."""
    folder = shared_data() / "regions" / "coco"
    document = json.loads((folder / "annotations.json").read_text(encoding="utf-8"))
    held_back = load_held_back().file_names
    images = {
        row["id"]: row["file_name"]
        for row in document["images"]
        if row["file_name"] in held_back and row["labels"] == "instances"
    }
    names = {row["id"]: row["name"] for row in document["categories"]}
    things = {
        row["id"]: row
        for row in document["annotations"]
        if row["image_id"] in images and not row["iscrowd"] and row["area"] >= MIN_AREA_PX
    }
    found: dict[Path, list[Thing]] = {}
    selection = Selection(annotation_ids=set(things))
    for sample in read_coco_samples(folder / "annotations.json", folder / "images", selection):
        category = names[things[int(sample.annotation_id)]["category_id"]]
        found.setdefault(Path(sample.image_name), []).append(Thing(category, decode(sample.truth)))
    photos = [
        Photo(path, tuple(sorted(of_photo, key=_left)))
        for path, of_photo in found.items()
        if len(of_photo) <= MAX_OBJECTS
    ]
    return photos[first:last]


def _left(thing: Thing) -> int:
    return int(thing.truth.any(axis=0).argmax())
