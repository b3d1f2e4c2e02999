"""The images and prompts on which an exported segmenter is compared with its network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segmentation.geometry import HW
from segmentation.prompts import BOX_FIRST_CORNER, BOX_SECOND_CORNER, PADDING
from segmentation.segmenters.manifest import PaddingPoint

Array = NDArray[np.float32]

IMAGE_SIZES_HW = {"landscape": (400, 600), "portrait": (600, 380), "square": (512, 512), "tiny": (24, 36)}
MANY = 24  # points: more than the restructuring is made for


@dataclass(frozen=True, eq=False)
class PromptCase:
    """As a graph is fed."""

    name: str
    coords: Array  # (1, N, 2) model points
    labels: Array  # (1, N)
    mask: Array | None = None  # (1, 1, h, w) logits

    @property
    def point_count(self) -> int:
        """Points and box corners, without padding."""
        return int((self.labels != PADDING).sum())


def image_of(original_hw: HW) -> NDArray[np.uint8]:
    """(H, W, 3): a bright disc and a dark one on a gradient, with noise."""
    height, width = original_hw
    y, x = np.mgrid[:height, :width]
    image = np.stack([x * 160 // width, y * 160 // height, (x + y) * 160 // (width + height)], axis=2)
    for centre, radius, value in (((0.3, 0.4), 0.2, 210), ((0.7, 0.6), 0.25, 20)):
        distance = np.hypot(x / width - centre[0], y / height - centre[1])
        image[distance < radius] = value
    noise = np.random.default_rng(0).integers(0, 30, image.shape)
    return (image + noise).astype(np.uint8)


def prompt_cases(input_hw: HW, *, padding_point: PaddingPoint, low_res_hw: HW) -> Iterator[PromptCase]:
    """Points, box, both, earlier logits, many points."""
    rng = np.random.default_rng(1)
    size_xy = np.array(input_hw[::-1], np.float32)
    box = np.array([[0.2, 0.25], [0.7, 0.8]], np.float32) * size_xy
    mask = _mask(low_res_hw)

    def case(name: str, count: int, *, has_box: bool = False, has_mask: bool = False) -> PromptCase:
        points = [rng.uniform(0.1, 0.9, (count, 2)).astype(np.float32) * size_xy]
        labels = [(np.arange(count) % 3 != 1).astype(np.float32)]  # two of three in the foreground
        if has_box:
            points.append(box)
            labels.append(np.array([BOX_FIRST_CORNER, BOX_SECOND_CORNER], np.float32))
        if not has_box or padding_point == "always":
            points.append(np.zeros((1, 2), np.float32))
            labels.append(np.array([PADDING], np.float32))
        coords = np.concatenate(points)[None]
        return PromptCase(name, coords, np.concatenate(labels)[None], mask if has_mask else None)

    yield case("one point", 1)
    yield case("points", 3)
    yield case("box", 0, has_box=True)
    yield case("points and box", 2, has_box=True)
    yield case("one point and mask", 1, has_mask=True)
    yield case("points and mask", 3, has_mask=True)
    yield case("points, box and mask", 2, has_box=True, has_mask=True)
    yield case("many points", MANY)
    yield case("many points and mask", MANY, has_mask=True)


def _mask(low_res_hw: HW) -> Array:
    height, width = low_res_hw
    y, x = np.mgrid[:height, :width].astype(np.float32)
    disc = 8 - 32 * np.hypot(x / width - 0.45, y / height - 0.4)
    noise = np.random.default_rng(2).standard_normal(low_res_hw)
    return (disc + noise).astype(np.float32)[None, None]
