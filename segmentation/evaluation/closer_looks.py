"""Closer looks at one object: its part of the image, embedded after an answer for the prompt that follows.

The page does the same (ARCHITECTURE.md, Closer look).
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segmentation.evaluation.views import LowResRule, View
from segmentation.geometry import PartXYXY, Points, holds_points, object_box, part_to_look_at
from segmentation.masks import Mask
from segmentation.prompts import FOREGROUND
from segmentation.segmenters.base import Segmenter
from segmentation.segmenters.manifest import CloserLook


@dataclass
class CloserLooks:
    """Keeps the view of the part that was prepared last, and counts what was encoded."""

    segmenter: Segmenter
    image: NDArray[np.uint8]  # (H, W, 3) RGB
    rule: CloserLook | None  # None: there are none, the whole image answers everything
    low_res: LowResRule
    view: View | None = None
    parts: int = 0
    seconds: float = 0.0

    def view_for(self, points_xy: Points, point_labels: NDArray[np.int8]) -> View | None:
        """What answers a prompt of these image points (n, 2); None: the whole image."""
        if self.rule is None or self.view is None or len(points_xy) < self.rule.from_point:
            return None
        needed = point_labels == FOREGROUND
        needed[-1] = True
        return self.view if holds_points(self.view.part, points_xy[needed]).all() else None

    def prepare(self, points_xy: Points, point_labels: NDArray[np.int8], mask: Mask) -> None:
        """After an answer, `mask` (H, W), to these points: embeds the part that the next prompt may use."""
        if self.rule is None or len(points_xy) < self.rule.from_point - 1:
            return
        box = object_box(mask, points_xy[point_labels == FOREGROUND])
        before = None if self.view is None else self.view.part
        part = box and part_to_look_at(box, image_hw=mask.shape, margin=self.rule.margin, before=before)
        if part != before:
            self.view = None if part is None else self._embedded(part)

    def _embedded(self, part: PartXYXY) -> View:
        x0, y0, x1, y1 = part
        start = time.perf_counter()
        embedding = self.segmenter.encode(np.ascontiguousarray(self.image[y0:y1, x0:x1]))
        self.seconds += time.perf_counter() - start
        self.parts += 1
        return View(embedding, (self.image.shape[0], self.image.shape[1]), part, self.low_res)
