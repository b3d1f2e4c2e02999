"""Pictures and masks of the workspace's benchmark: nothing of them comes from anybody's data."""

import math
import uuid
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from pycocotools import mask as coco_mask

SEED = 20261121
MIN_RADIUS, MAX_RADIUS = 14, 60  # pixels


def write_photo(path: Path, *, width: int, height: int, seed: int = SEED) -> Path:
    """A JPEG with smooth shapes and grain, made in bands: 108 megapixels need little memory."""
    rng = np.random.default_rng(seed)
    coarse = rng.random((height // 150 + 2, width // 150 + 2, 3), np.float32)
    picture = np.empty((height, width, 3), np.uint8)
    shapes = cv2.resize(
        (coarse * 255).astype(np.uint8), (width, height), dst=picture, interpolation=cv2.INTER_CUBIC
    )
    for top in range(0, height, 512):
        band = shapes[top : top + 512]
        grain = rng.integers(-8, 9, band.shape[:2], np.int16)[..., None]
        picture[top : top + 512] = np.clip(band.astype(np.int16) + grain, 0, 255).astype(np.uint8)
    cv2.imwrite(str(path), picture, [cv2.IMWRITE_JPEG_QUALITY, 88])
    return path


def annotations(
    count: int, *, width: int, height: int, image: int, categories: list[int]
) -> list[dict[str, Any]]:
    """Bodies of `PUT annotations/UUID/`, with their `id`: ragged blobs all over the image."""
    rng = np.random.default_rng(SEED)
    return [
        {
            "id": str(uuid.UUID(bytes=rng.bytes(16), version=4)),
            "image": image,
            "category": categories[index % len(categories)],
            "rle": blob(rng, width=width, height=height),
            "source": "manual",
        }
        for index in range(count)
    ]


def blob(rng: np.random.Generator, *, width: int, height: int) -> dict[str, Any]:
    """COCO RLE of a ragged disc anywhere in the image."""
    radius = rng.uniform(MIN_RADIUS, MAX_RADIUS)
    x = rng.uniform(1.4 * radius, width - 1.4 * radius)
    y = rng.uniform(1.4 * radius, height - 1.4 * radius)
    angles = np.linspace(0, 2 * math.pi, 48, endpoint=False)
    radii = radius * rng.uniform(0.75, 1.25, angles.shape)
    outline: NDArray[np.float64] = np.stack([x + radii * np.cos(angles), y + radii * np.sin(angles)], axis=1)
    [rle] = coco_mask.frPyObjects([outline.ravel().tolist()], height, width)
    return {"size": [height, width], "counts": rle["counts"].decode()}
