"""Random shapes for synthetic scenes: blobs, plates and thin structures."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from segmentation.training.scene import Mask

Points = NDArray[np.float64]  # (n, 2) x, y


def random_shape(rng: np.random.Generator, size: int) -> Mask:
    """Mostly blobs; a fifth are thin: wires, rings, branches."""
    kind = rng.random()
    if kind < 0.55:
        return blob(rng, size)
    if kind < 0.8:
        return plate(rng, size)
    return thin(rng, size)


def blob(rng: np.random.Generator, size: int) -> Mask:
    """A rough or smooth closed shape, one in seven with a hole."""
    radius = size * rng.uniform(0.08, 0.32)
    centre = rng.uniform(0.1, 0.9, 2) * size
    outline = _outline(rng, radius) + centre
    mask = np.zeros((size, size), np.uint8)
    cv2.fillPoly(mask, [outline.round().astype(np.int32)], 1)
    if rng.random() < 0.15:
        hole = max(2, int(radius * 0.35))
        cv2.circle(mask, (int(centre[0]), int(centre[1])), hole, 0, -1)
    return mask


def plate(rng: np.random.Generator, size: int) -> Mask:
    """An ellipse or a turned rectangle."""
    mask = np.zeros((size, size), np.uint8)
    centre = tuple(float(v) for v in rng.uniform(0.1, 0.9, 2) * size)
    sides = tuple(float(v) for v in np.exp(rng.uniform(math.log(0.06), math.log(0.6), 2)) * size)
    box = (centre, sides, float(rng.uniform(0, 180)))
    if rng.random() < 0.5:
        cv2.ellipse(mask, box, 1, -1)
    else:
        cv2.fillPoly(mask, [cv2.boxPoints(box).round().astype(np.int32)], 1)
    return mask


def thin(rng: np.random.Generator, size: int) -> Mask:
    """A bent wire, a ring, or a stem with branches; a few pixels thick."""
    mask = np.zeros((size, size), np.uint8)
    thickness = max(2, round(size * rng.uniform(0.008, 0.04)))
    kind = rng.random()
    if kind < 0.3:
        centre = tuple(int(v) for v in rng.uniform(0.2, 0.8, 2) * size)
        axes = tuple(int(v) for v in rng.uniform(0.08, 0.3, 2) * size)
        cv2.ellipse(mask, centre, axes, float(rng.uniform(0, 180)), 0, 360, 1, thickness)
        return mask
    stem = _wire(rng, rng.uniform(0.1, 0.9, 2) * size, length=size * rng.uniform(0.3, 0.9))
    _draw(mask, stem, thickness)
    for _ in range(int(rng.integers(2, 6)) if kind > 0.6 else 0):
        start = stem[rng.integers(len(stem))]
        _draw(mask, _wire(rng, start, length=size * rng.uniform(0.1, 0.3)), max(2, thickness - 1))
    return mask


def _wire(rng: np.random.Generator, start: NDArray[np.float64], *, length: float) -> Points:
    """A curve whose direction drifts."""
    steps = 12
    directions = rng.uniform(0, 2 * math.pi) + np.cumsum(rng.normal(0, 0.35, steps))
    moves = np.stack([np.cos(directions), np.sin(directions)], axis=1) * length / steps
    return np.asarray(start + np.cumsum(moves, axis=0), np.float64)


def _draw(mask: Mask, points: Points, thickness: int) -> None:
    cv2.polylines(mask, [points.round().astype(np.int32)], False, 1, thickness)


def _outline(rng: np.random.Generator, radius: float) -> Points:
    """Points around the origin."""
    corners = int(rng.integers(5, 13))
    angles = np.sort(rng.random(corners)) * 2 * math.pi
    roughness = rng.uniform(0.1, 0.6)
    radii = radius * (1 + roughness * rng.standard_normal(corners)).clip(0.2, 2)
    squash, turn = rng.uniform(0.4, 1.0), rng.uniform(0, 2 * math.pi)
    points = np.stack([np.cos(angles) * radii, np.sin(angles) * radii * squash], axis=1)
    cos, sin = math.cos(turn), math.sin(turn)
    points = points @ np.array([[cos, sin], [-sin, cos]])
    return _rounded(points) if rng.random() < 0.6 else points


def _rounded(points: Points) -> Points:
    """Chaikin's corner cutting, three times."""
    for _ in range(3):
        following = np.roll(points, -1, axis=0)
        points = np.stack(
            [0.75 * points + 0.25 * following, 0.25 * points + 0.75 * following], axis=1
        ).reshape(-1, 2)
    return points
