"""`python -m segmentation.training.pack`: the training sets small enough to travel to another machine.

Photos become JPEGs of a bounded longest side, masks shrink with them; ids and file names stay, so that
the held-back photos stay held back.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from segmentation.geometry import HW, longest_side_hw
from segmentation.masks import decode, encode, parse_rle
from segmentation.training.recipe import RECIPES, load_recipe
from segmentation.training.regions import PhotoUnreadable
from segmentation.training.splits import refuse_evaluation_sets

MEGABYTE = 1 << 20


def pack_set(source: Path, target: Path, *, longest_side: int, quality: int) -> int:
    """One folder of COCO-style regions into another. Answers its size in bytes; raises PhotoUnreadable."""
    document = json.loads((source / "annotations.json").read_text(encoding="utf-8"))
    (target / "images").mkdir(parents=True, exist_ok=True)
    sizes: dict[int, HW] = {}
    for row in tqdm(document["images"], desc=source.name):
        small = _shrunk(source / "images" / row["file_name"], longest_side)
        # Under its own name even if that ends in .png: what reads it goes by the content.
        content = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
        (target / "images" / row["file_name"]).write_bytes(content)
        sizes[row["id"]] = row["height"], row["width"] = small.shape[:2]
    shrunk = (_shrunk_annotation(row, sizes[row["image_id"]]) for row in document["annotations"])
    document["annotations"] = [row for row in shrunk if row["area"] > 0]
    (target / "annotations.json").write_text(json.dumps(document, separators=(",", ":")), encoding="utf-8")
    return sum(path.stat().st_size for path in target.rglob("*") if path.is_file())


def _shrunk(path: Path, longest_side: int) -> NDArray[np.uint8]:
    """BGR, as OpenCV writes it; a smaller photo stays as it is."""
    image = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if image is None:
        raise PhotoUnreadable(path)
    hw = (image.shape[0], image.shape[1])
    if max(hw) > longest_side:
        height, width = longest_side_hw(hw, longest_side=longest_side, multiple=1)
        image = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(image, np.uint8)


def _shrunk_annotation(row: dict[str, Any], size_hw: HW) -> dict[str, Any]:
    mask = decode(parse_rle(row["segmentation"])).astype(np.uint8)
    if mask.shape != size_hw:
        mask = np.asarray(cv2.resize(mask, size_hw[::-1], interpolation=cv2.INTER_NEAREST), np.uint8)
    x, y, width, height = cv2.boundingRect(mask)
    bbox = [x, y, width, height]
    return {**row, "area": int(mask.sum()), "bbox": bbox, "segmentation": encode(mask > 0).to_coco()}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m segmentation.training.pack", description=__doc__)
    parser.add_argument("--recipe", type=Path, default=RECIPES / "pocket.toml", help="names the sets")
    parser.add_argument("--data", type=Path, required=True, help="folder of COCO-style sets")
    parser.add_argument("--out", type=Path, required=True, help="folder for the small ones")
    parser.add_argument("--longest-side", type=int, default=448)
    parser.add_argument("--quality", type=int, default=80, help="of the JPEGs")
    options = parser.parse_args(arguments)
    names = list(load_recipe(options.recipe).data)
    refuse_evaluation_sets(names)
    for name in names:
        size = pack_set(
            options.data / name,
            options.out / name,
            longest_side=options.longest_side,
            quality=options.quality,
        )
        sys.stdout.write(f"{name}: {size / MEGABYTE:.1f} MiB\n")


if __name__ == "__main__":
    main()
