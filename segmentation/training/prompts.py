"""First prompts for training, and the corrections an annotator would make next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from segmentation.training.recipe import PromptsRecipe

FOREGROUND, BACKGROUND, NO_POINT = 1, 0, -1
NEAR = np.ones((21, 21), np.uint8)
TOUCHING = np.ones((5, 5), np.uint8)


class Click(NamedTuple):
    label: int
    x: float  # 0..1 of the width
    y: float  # 0..1 of the height


@dataclass
class FirstPrompt:
    clicks: list[Click]
    box_xyxy: NDArray[np.float32] | None  # (4,) in 0..1


def sample_prompt(rng: np.random.Generator, mask: NDArray[np.uint8], recipe: PromptsRecipe) -> FirstPrompt:
    weights = np.array([recipe.click, recipe.box, recipe.box_and_clicks, recipe.clicks])
    kind = rng.choice(["click", "box", "box_and_clicks", "clicks"], p=weights / weights.sum())
    box = sample_box(rng, mask, recipe.box_jitter) if kind.startswith("box") else None
    if kind == "box":
        return FirstPrompt([], box)
    if kind == "click" or (kind == "box_and_clicks" and rng.random() < 0.5):
        return FirstPrompt([inside_click(rng, mask, FOREGROUND)], box)
    clicks = [inside_click(rng, mask, FOREGROUND) for _ in range(int(rng.integers(1, 5)))]
    for _ in range(int(rng.integers(0, 3))):
        outside = _outside(rng, mask)
        if np.count_nonzero(outside) > 20:
            clicks.append(inside_click(rng, outside, BACKGROUND, deepest=0.0))
    return FirstPrompt(clicks[: recipe.max_points], box)


def sample_box(
    rng: np.random.Generator, mask: NDArray[np.uint8], jitters: tuple[float, ...]
) -> NDArray[np.float32]:
    """The mask's box, each side moved by a share of its length: (4,) xyxy in 0..1."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    box = np.array([columns[0], rows[0], columns[-1] + 1, rows[-1] + 1], np.float32)
    sides = np.tile(box[2:] - box[:2], 2)
    jitter = float(rng.choice(jitters))
    box += rng.uniform(-jitter, jitter, 4).astype(np.float32) * sides
    height, width = mask.shape
    return np.clip(box / np.array([width, height, width, height], np.float32), 0, 1)


def inside_click(
    rng: np.random.Generator, region: NDArray[np.uint8], label: int, *, deepest: float = 0.5
) -> Click:
    """A click into the region: on its deepest point with chance `deepest`, else less careful."""
    depth = depths(region)
    kind = rng.random()
    if kind < deepest:
        return _click_at(label, int(depth.argmax()), region.shape)
    top = float(depth.max())
    least = top * 0.5 if kind < deepest + 0.25 else min(1.5, top)
    candidates = np.flatnonzero(depth >= least)
    return _click_at(label, int(candidates[rng.integers(len(candidates))]), region.shape)


def correcting_click(
    rng: np.random.Generator, predicted: NDArray[np.bool_], wanted: NDArray[np.bool_]
) -> Click | None:
    """A click into the deeper of the largest errors, or None where the mask is exact."""
    missed, spilled = (
        depths((wanted & ~predicted).view(np.uint8)),
        depths((predicted & ~wanted).view(np.uint8)),
    )
    label, depth = (FOREGROUND, missed) if missed.max() >= spilled.max() else (BACKGROUND, spilled)
    top = float(depth.max())
    if top <= 0:
        return None
    if rng.random() < 0.6:
        return _click_at(label, int(depth.argmax()), wanted.shape)
    candidates = np.flatnonzero(depth >= top * 0.4)
    return _click_at(label, int(candidates[rng.integers(len(candidates))]), wanted.shape)


def depths(region: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Distance of each pixel to the outside of the region; the picture's border is outside too."""
    padded = cv2.copyMakeBorder(region, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    return np.asarray(cv2.distanceTransform(padded, cv2.DIST_L2, 3), np.float32)[1:-1, 1:-1]


def _outside(rng: np.random.Generator, mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    if rng.random() < 0.6:
        near, touching = cv2.dilate(mask, NEAR) > 0, cv2.dilate(mask, TOUCHING) > 0
        return np.asarray(near & ~touching, np.uint8)
    return np.asarray(mask == 0, np.uint8)


def _click_at(label: int, flat_index: int, shape: tuple[int, ...]) -> Click:
    height, width = shape
    return Click(label, (flat_index % width + 0.5) / width, (flat_index // width + 0.5) / height)
