"""Procedural surfaces and light for synthetic scenes."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from segmentation.training.scene import Mask, Picture

Field = NDArray[np.float32]  # (size, size)


def procedural_texture(rng: np.random.Generator, size: int) -> Picture:
    """Two or three colours mixed by noise, stripes, checks or spots."""
    patterns = (_noise, _stripes, _checks, _spots)
    pattern = patterns[rng.integers(len(patterns))](rng, size)
    first, second = rng.uniform(0, 255, (2, 3)).astype(np.float32)
    if rng.random() < 0.5:  # camouflaged: the second colour is close to the first
        second = first + rng.uniform(-40, 40, 3).astype(np.float32)
    mixed = first + (second - first) * pattern[..., None]
    if rng.random() < 0.5:
        mixed += (_noise(rng, size)[..., None] - 0.5) * np.float32(rng.uniform(5, 60))
    return np.clip(mixed, 0, 255).astype(np.uint8)


def lit(rng: np.random.Generator, image: Picture, strength: float = 0.5) -> Picture:
    """Soft light: brighter towards one side, with a slow ripple."""
    size = image.shape[0]
    x, y = _turned_grid(rng, size)
    light = 1 + strength * (rng.uniform(-1, 1) * x + rng.uniform(-0.5, 0.5) * np.cos(3 * y))
    return np.clip(image * light[..., None].clip(0.15, 2.0), 0, 255).astype(np.uint8)


def with_shadow(rng: np.random.Generator, image: Picture, mask: Mask) -> Picture:
    """The soft shadow that an object throws on what lies below."""
    size = image.shape[0]
    dx, dy = rng.uniform(-0.05, 0.05, 2) * size
    moved = cv2.warpAffine(mask, np.array([[1, 0, dx], [0, 1, dy]]), (size, size)).astype(np.float32)
    soft = cv2.GaussianBlur(moved, (0, 0), max(0.6, rng.uniform(0.005, 0.04) * size))
    return np.asarray(image * (1 - rng.uniform(0.2, 0.7) * soft[..., None]), np.uint8)


def _noise(rng: np.random.Generator, size: int) -> Field:
    """Smooth noise of a few octaves in 0..1."""
    total = np.zeros((size, size), np.float32)
    for octave in range(int(rng.integers(1, 6)), 7, 2):
        cells = rng.random((2**octave, 2**octave), np.float32)
        smooth = np.asarray(cv2.resize(cells, (size, size), interpolation=cv2.INTER_CUBIC), np.float32)
        total += smooth / np.float32(1.6**octave)
    low, high = total.min(), total.max()
    return (total - low) / max(high - low, np.float32(1e-6))


def _stripes(rng: np.random.Generator, size: int) -> Field:
    x, y = _turned_grid(rng, size)
    waves = np.sin(x * _frequency(rng) + rng.uniform(0, 1.5) * np.sin(3 * y))
    return _contrast(rng, waves)


def _checks(rng: np.random.Generator, size: int) -> Field:
    x, y = _turned_grid(rng, size)
    frequency = _frequency(rng)
    return _contrast(rng, np.sin(x * frequency) * np.sin(y * frequency))


def _spots(rng: np.random.Generator, size: int) -> Field:
    field = np.zeros((size, size), np.uint8)
    radius = max(1, round(size * rng.uniform(0.006, 0.04)))
    for x, y in rng.integers(0, size, (int(rng.integers(20, 120)), 2)):
        cv2.circle(field, (int(x), int(y)), radius, 1, -1)
    return field.astype(np.float32)


def _turned_grid(rng: np.random.Generator, size: int) -> tuple[Field, Field]:
    """Coordinates from about -1 to 1 along two random perpendicular axes."""
    line = np.linspace(-1, 1, size, dtype=np.float32)
    angle = rng.uniform(0, math.pi)
    cos, sin = np.float32(math.cos(angle)), np.float32(math.sin(angle))
    return line * cos + line[:, None] * sin, line[:, None] * cos - line * sin


def _frequency(rng: np.random.Generator) -> np.float32:
    return np.float32(math.exp(rng.uniform(math.log(6), math.log(60))))


def _contrast(rng: np.random.Generator, waves: Field) -> Field:
    """-1..1 to 0..1, soft or nearly black and white."""
    return np.asarray(1 / (1 + np.exp(-waves * np.float32(rng.uniform(1, 12)))), np.float32)
