"""A small data set, a small recipe, a small network. Without torch these tests cannot even be read."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from segmentation.masks import encode
from segmentation.segmenters.pocket.config import PocketConfig
from segmentation.training.recipe import RECIPES, Recipe, load_recipe
from tests.segmentation.small_pocket import SMALL_POCKET

NEED_TORCH = [
    "test_validation.py",
    "test_losses.py",
    "test_network.py",
    "test_optimisers.py",
    "test_scenes.py",
    "test_trainer.py",
    "test_corrections.py",
    "test_family_trainee.py",
    "test_devices.py",
    "test_distillation.py",
    "test_figures.py",
    "test_pack.py",
    "test_pictures.py",
    "test_synthetic.py",
]

# They carry the mark `more`, which `make test-more` runs after it has installed torch.
collect_ignore = [] if find_spec("torch") else NEED_TORCH


@pytest.fixture
def small_config() -> PocketConfig:
    return SMALL_POCKET


@pytest.fixture
def recipe() -> Recipe:
    """The shipped recipe, small enough for a test."""
    shipped = load_recipe(RECIPES / "pocket.toml")
    return replace(
        shipped,
        network=SMALL_POCKET,
        data={"coco": 0.7, "facades": 0.3},
        batch=replace(shipped.batch, images=2, objects=3, sizes=(64,), size_from=(0.0,)),
        optimiser=replace(shipped.optimiser, learning_rate=4e-3, warmup_steps=5),
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two sets of three photos, each photo with two coloured rectangles."""
    folder = tmp_path / "data"
    for number, name in enumerate(("coco", "facades")):
        write_set(folder / name, seed=number)
    return folder


def write_set(folder: Path, *, seed: int, photos: int = 3) -> None:
    rng = np.random.default_rng(seed)
    (folder / "images").mkdir(parents=True)
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for photo in range(photos):
        pixels = rng.integers(0, 90, (60, 80, 3)).astype(np.uint8)
        boxes = [(5, 8, 30, 40), (45, 10, 25, 35)]
        for x, y, width, height in boxes:
            pixels[y : y + height, x : x + width] += rng.integers(60, 160, 3).astype(np.uint8)
        cv2.imwrite(str(folder / "images" / f"{photo}.png"), pixels)
        images.append({"id": photo, "file_name": f"{photo}.png", "width": 80, "height": 60})
        annotations += [annotation(len(annotations) + i, photo, box) for i, box in enumerate(boxes)]
    content = {"images": images, "annotations": annotations, "categories": [{"id": 1, "name": "thing"}]}
    (folder / "annotations.json").write_text(json.dumps(content))


def annotation(number: int, photo: int, bbox_xywh: tuple[int, int, int, int]) -> dict[str, Any]:
    mask = np.zeros((60, 80), np.uint8)
    x, y, width, height = bbox_xywh
    mask[y : y + height, x : x + width] = 1
    return {
        "id": number,
        "image_id": photo,
        "category_id": 1,
        "iscrowd": 0,
        "area": width * height,
        "bbox": list(bbox_xywh),
        "segmentation": encode(mask).to_coco(),
    }
