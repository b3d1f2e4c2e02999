"""What a person without any network has: OpenCV's GrabCut and a flood fill, behind the segmenter's contract.

Their figures beside a network's say whether the network is worth its download. Both answer one candidate
at the size of the image they work on (mask_stride 1) and claim nothing about its IoU.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from segmentation.evaluation.views import LowResRule
from segmentation.geometry import box_corners, image_to_model, longest_side_hw
from segmentation.prompts import BACKGROUND, FOREGROUND, Prompt
from segmentation.segmenters.base import CandidateMask, ImageEmbedding, OneImageAtATime, SegmenterSpec

FULL_RESOLUTION = LowResRule(mask_stride=1)
LONGEST_SIDE = 320  # pixels; GrabCut on more takes seconds a click and finds hardly more
SURE_RADIUS = 1 / 80  # of the longest side: of the disc that counts as clicked
PROBABLE_RADIUS = 1 / 8  # of the longest side: what GrabCut is told about a click without box or mask
GRABCUT_ITERATIONS = 3
TOLERANCES = (6, 12, 24, 48)  # of the flood fill, in grey levels a channel


@dataclass(frozen=True)
class _Clicked:
    """An image and what was asked of it, in its own pixels."""

    image: NDArray[np.uint8]  # (h, w, 3)
    clicks: NDArray[np.int64]  # (n, 2) x, y
    labels: NDArray[np.int8]  # (n,)
    box: NDArray[np.bool_] | None  # (h, w) true inside
    earlier: NDArray[np.bool_] | None  # (h, w) mask of the round before


@dataclass(frozen=True)
class _Baseline(OneImageAtATime):
    name: str

    @property
    def spec(self) -> SegmenterSpec:
        return SegmenterSpec(self.name, "baseline", "", Path(), "fp16-1")

    def encode(self, image: NDArray[np.uint8]) -> ImageEmbedding:
        """Only makes the image smaller."""
        original_hw = (image.shape[0], image.shape[1])
        longest = min(LONGEST_SIDE, max(original_hw))
        input_hw = longest_side_hw(original_hw, longest_side=longest, multiple=1)
        small = cv2.resize(image, (input_hw[1], input_hw[0]), interpolation=cv2.INTER_AREA)
        return ImageEmbedding(original_hw, input_hw, {"image": small.astype(np.float32)})

    def decode(self, embedding: ImageEmbedding, prompt: Prompt) -> list[CandidateMask]:
        image = embedding.tensors["image"].astype(np.uint8)
        to_model = {"original_hw": embedding.original_hw, "input_hw": embedding.input_hw}
        limit = np.array(embedding.input_hw[::-1]) - 1
        clicks = np.clip(image_to_model(prompt.points_xy, **to_model).astype(int), 0, limit)
        box = None
        if prompt.box_xyxy is not None:
            corners = image_to_model(box_corners(prompt.box_xyxy), **to_model).round().astype(int)
            box = np.zeros(image.shape[:2], np.bool_)
            box[slice(*corners[:, 1]), slice(*corners[:, 0])] = True
        earlier = None if prompt.mask_logits is None else prompt.mask_logits > 0
        mask = self._mask(_Clicked(image, clicks, prompt.point_labels, box, earlier))
        return [CandidateMask(np.where(mask, 1, -1).astype(np.float32), 0.0)]

    @abstractmethod
    def _mask(self, clicked: _Clicked) -> NDArray[np.bool_]:
        """(h, w)"""


@dataclass(frozen=True)
class GrabCut(_Baseline):
    """Rother et al. 2004. Sure are clicks and a box's outside, probable is the mask of the round before."""

    name: str = "GrabCut"

    def _mask(self, clicked: _Clicked) -> NDArray[np.bool_]:
        clicks, box = clicked.clicks, clicked.box
        labels: NDArray[np.uint8] = np.full(clicked.image.shape[:2], cv2.GC_PR_BGD, np.uint8)
        if clicked.earlier is not None:
            labels[clicked.earlier] = cv2.GC_PR_FGD
        elif box is not None:
            labels[box] = cv2.GC_PR_FGD
        else:
            _draw_discs(labels, clicks[clicked.labels == FOREGROUND], cv2.GC_PR_FGD, PROBABLE_RADIUS)
        if box is not None:
            labels[~box] = cv2.GC_BGD
        for label, sure in ((FOREGROUND, cv2.GC_FGD), (BACKGROUND, cv2.GC_BGD)):
            _draw_discs(labels, clicks[clicked.labels == label], sure, SURE_RADIUS)
        foreground = np.isin(labels, (cv2.GC_FGD, cv2.GC_PR_FGD))
        if foreground.all() or not foreground.any():  # nothing to learn the two colour models from
            return foreground
        of_background, of_foreground = np.zeros((1, 65)), np.zeros((1, 65))
        no_rectangle = (0, 0, 0, 0)
        cv2.grabCut(
            clicked.image,
            labels,
            no_rectangle,
            of_background,
            of_foreground,
            GRABCUT_ITERATIONS,
            cv2.GC_INIT_WITH_MASK,
        )
        return np.isin(labels, (cv2.GC_FGD, cv2.GC_PR_FGD))


def _draw_discs(labels: NDArray[np.uint8], centres: NDArray[np.int64], value: int, radius: float) -> None:
    for x, y in centres:
        cv2.circle(labels, (int(x), int(y)), round(radius * max(labels.shape)), value, -1)


@dataclass(frozen=True)
class FloodFill(_Baseline):
    """The magic wand: everything connected to a click whose colour differs by at most `tolerance`."""

    name: str = "flood fill"
    tolerance: int = 12

    def _mask(self, clicked: _Clicked) -> NDArray[np.bool_]:
        image, clicks, box = clicked.image, clicked.clicks, clicked.box
        inside = np.ones(image.shape[:2], np.bool_) if box is None else box
        labels = clicked.labels
        if not len(clicks):  # a box alone: as if its middle were clicked
            rows, columns = np.nonzero(inside)
            clicks = np.array([[int(columns.mean()), int(rows.mean())]])
            labels = np.array([FOREGROUND], np.int8)
        mask = np.zeros(image.shape[:2], np.bool_)
        for (x, y), label in zip(clicks, labels, strict=True):
            region = self._filled(image, (int(x), int(y)))
            mask = mask | region if label == FOREGROUND else mask & ~region
        return mask & inside

    def _filled(self, image: NDArray[np.uint8], seed: tuple[int, int]) -> NDArray[np.bool_]:
        marks = np.zeros((image.shape[0] + 2, image.shape[1] + 2), np.uint8)
        flags = 4 | cv2.FLOODFILL_MASK_ONLY | cv2.FLOODFILL_FIXED_RANGE | (255 << 8)
        tolerance = (self.tolerance,) * 3
        cv2.floodFill(image.copy(), marks, seed, (0, 0, 0), tolerance, tolerance, flags)
        return marks[1:-1, 1:-1] > 0
