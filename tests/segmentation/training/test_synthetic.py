"""Synthetic scenes: shapes are where their masks say, later ones before earlier ones."""

from __future__ import annotations

import numpy as np
import pytest

from segmentation.training.augmentation import compressed
from segmentation.training.scene import Picture
from segmentation.training.shapes import random_shape, thin
from segmentation.training.synthetic import synthetic_scene
from segmentation.training.textures import lit, procedural_texture, with_shadow

pytestmark = pytest.mark.more

SIZE = 96


def plain(rng: np.random.Generator, size: int) -> Picture:
    return np.broadcast_to(rng.integers(0, 256, 3), (size, size, 3)).astype(np.uint8)


def test_masks_do_not_overlap() -> None:
    for seed in range(10):
        scene = synthetic_scene(np.random.default_rng(seed), SIZE, plain)
        assert scene.image.shape == (SIZE, SIZE, 3)
        assert np.sum(scene.masks, axis=0).max() == 1


def test_thin_things_are_thin() -> None:
    shares = [np.mean(thin(np.random.default_rng(seed), SIZE)) for seed in range(30)]
    assert 0 < np.mean(shares) < 0.1


def test_shapes_differ() -> None:
    areas = {int(random_shape(np.random.default_rng(seed), SIZE).sum()) for seed in range(20)}
    assert len(areas) > 15


def test_surfaces_have_structure_and_light_changes_them_slowly() -> None:
    rng = np.random.default_rng(0)
    surfaces = [procedural_texture(rng, SIZE) for _ in range(20)]
    assert all(surface.shape == (SIZE, SIZE, 3) for surface in surfaces)
    assert np.median([surface.std() for surface in surfaces]) > 5
    grey = np.full((SIZE, SIZE, 3), 128, np.uint8)
    bright = lit(rng, grey).astype(float)
    assert np.abs(np.diff(bright, axis=0)).max() < 10


def test_a_shadow_darkens_and_compression_changes_little() -> None:
    rng = np.random.default_rng(1)
    mask = random_shape(rng, SIZE)
    grey = np.full((SIZE, SIZE, 3), 128, np.uint8)
    assert with_shadow(rng, grey, mask).mean() < 128
    surface = procedural_texture(rng, SIZE)
    assert np.abs(compressed(rng, surface).astype(float) - surface).mean() < 20
