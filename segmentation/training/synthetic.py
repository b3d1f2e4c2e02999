"""Random smooth shapes: what a segmenter should do where no known object helps."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray


def blob(rng: np.random.Generator, size: int) -> NDArray[np.uint8]:
    """(size, size) of 0 and 1: a rough or smooth closed shape, one in seven with a hole."""
    radius = size * rng.uniform(0.08, 0.32)
    centre = rng.uniform(0.1, 0.9, 2) * size
    outline = _outline(rng, radius) + centre
    mask = np.zeros((size, size), np.uint8)
    cv2.fillPoly(mask, [outline.round().astype(np.int32)], 1)
    if rng.random() < 0.15:
        hole = max(2, int(radius * 0.35))
        cv2.circle(mask, (int(centre[0]), int(centre[1])), hole, 0, -1)
    return mask


def _outline(rng: np.random.Generator, radius: float) -> NDArray[np.float64]:
    """(n, 2) points around the origin."""
    corners = int(rng.integers(5, 13))
    angles = np.sort(rng.random(corners)) * 2 * math.pi
    roughness = rng.uniform(0.1, 0.6)
    radii = radius * (1 + roughness * rng.standard_normal(corners)).clip(0.2, 2)
    squash, turn = rng.uniform(0.4, 1.0), rng.uniform(0, 2 * math.pi)
    points = np.stack([np.cos(angles) * radii, np.sin(angles) * radii * squash], axis=1)
    cos, sin = math.cos(turn), math.sin(turn)
    points = points @ np.array([[cos, sin], [-sin, cos]])
    return _rounded(points) if rng.random() < 0.6 else points


def _rounded(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chaikin's corner cutting, three times."""
    for _ in range(3):
        following = np.roll(points, -1, axis=0)
        points = np.stack(
            [0.75 * points + 0.25 * following, 0.25 * points + 0.75 * following], axis=1
        ).reshape(-1, 2)
    return points
