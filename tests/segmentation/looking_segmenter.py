"""A segmenter that notes which part of an image it is asked on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from segmentation.geometry import PartXYXY
from segmentation.masks import Mask
from segmentation.prompts import Prompt
from segmentation.segmenters.base import CandidateMask, ImageEmbedding, OneImageAtATime, SegmenterSpec

STRIDE = 4


def image_of_places(image_hw: tuple[int, int]) -> NDArray[np.uint8]:
    """Each pixel of an image (h, w) of at most 256 says where it lies: x, y, 0."""
    rows, columns = np.indices(image_hw)
    return np.stack([columns, rows, np.zeros_like(rows)], axis=2).astype(np.uint8)


class LookingSegmenter(OneImageAtATime):
    """Answers point prompts with these masks of the whole image, one after the other, the last one from then
    on; boxes with the last one. Of a part it gives that part of the mask. A low-res cell is a pixel.
    """

    spec = SegmenterSpec("looking", "fake", "", Path("manifest.json"), "fp16-1")

    def __init__(self, answers: Sequence[Mask]) -> None:
        self.answers = answers
        self.embedded: list[PartXYXY] = []
        self.asked: list[tuple[PartXYXY, Prompt]] = []  # points
        self.boxed: list[PartXYXY] = []

    def encode(self, image: NDArray[np.uint8]) -> ImageEmbedding:
        height, width = image.shape[:2]
        x0, y0 = int(image[0, 0, 0]), int(image[0, 0, 1])
        self.embedded.append((x0, y0, x0 + width, y0 + height))
        place = np.array(self.embedded[-1], np.float32)
        return ImageEmbedding((height, width), (height * STRIDE, width * STRIDE), {"place": place})

    def decode(self, embedding: ImageEmbedding, prompt: Prompt) -> list[CandidateMask]:
        x0, y0, x1, y1 = (int(side) for side in embedding.tensors["place"])
        if prompt.box_xyxy is None:
            answer = self.answers[min(len(self.asked), len(self.answers) - 1)]
            self.asked.append(((x0, y0, x1, y1), prompt))
        else:
            answer = self.answers[-1]
            self.boxed.append((x0, y0, x1, y1))
        return [CandidateMask(np.where(answer[y0:y1, x0:x1], 4, -4).astype(np.float32), 0.9)]
