"""Synthetic scenes: textured shapes before each other in soft light.

They teach what photos of things do not: that any surface can be an object, that look-alikes end where
they touch, and that thin things are whole.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from segmentation.training import augmentation
from segmentation.training.scene import Mask, Picture, Scene
from segmentation.training.shapes import random_shape
from segmentation.training.textures import lit, with_shadow

Texture = Callable[[np.random.Generator, int], Picture]


def synthetic_scene(rng: np.random.Generator, size: int, texture: Texture) -> Scene:
    """Three to seven kinds of objects, some of them in a few copies, later ones before earlier ones."""
    image = texture(rng, size)
    masks: list[Mask] = []
    for _ in range(int(rng.integers(3, 8))):
        surface = texture(rng, size)
        for mask in _copies(rng, random_shape(rng, size)):
            image, masks = _with_object(rng, image, masks, surface=surface, mask=mask)
    return Scene(lit(rng, image) if rng.random() < 0.6 else image, masks)


def _with_object(
    rng: np.random.Generator, image: Picture, masks: list[Mask], *, surface: Picture, mask: Mask
) -> tuple[Picture, list[Mask]]:
    if rng.random() < 0.4:
        image = with_shadow(rng, image, mask)
    if rng.random() < 0.5:
        surface = lit(rng, surface)
    image = augmentation.blended(rng, image, surface, mask)
    return image, [*(below & (1 - mask) for below in masks), mask]


def _copies(rng: np.random.Generator, mask: Mask) -> list[Mask]:
    """The shape alone, or with up to three of its kind beside it."""
    if rng.random() < 0.7:
        return [mask]
    size = mask.shape[0]
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not len(rows):
        return [mask]
    extent = np.array([columns[-1] - columns[0] + 2, rows[-1] - rows[0] + 2])
    placed = [mask]
    for _ in range(int(rng.integers(1, 4))):
        dx, dy = (rng.uniform(-1.3, 1.3, 2) * extent).tolist()
        moved = cv2.warpAffine(
            mask, np.array([[1, 0, dx], [0, 1, dy]]), (size, size), flags=cv2.INTER_NEAREST
        )
        placed.append(np.asarray(moved, np.uint8))
    return placed
