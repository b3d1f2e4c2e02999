"""What a segmenter looks at, the whole image or a part of it, and what it answers there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segmentation.geometry import (
    HW,
    LogitGrid,
    PartXYXY,
    Points,
    holds_points,
    mask_from_logits,
    move_logits,
)
from segmentation.masks import Mask
from segmentation.prompts import Prompt
from segmentation.segmenters.base import CandidateMask, ImageEmbedding, Segmenter


@dataclass(frozen=True)
class LowResRule:
    """How a segmenter's low-res logits lie on its input (the manifest's mask_stride, mask_threshold)."""

    mask_stride: int = 4
    mask_threshold: float = 0.0


@dataclass(frozen=True, eq=False)
class View:
    """An embedded part of an image; the whole image is one, too."""

    embedding: ImageEmbedding
    image_hw: HW
    part: PartXYXY
    low_res: LowResRule

    @classmethod
    def of_image(cls, embedding: ImageEmbedding, low_res: LowResRule) -> View:
        height, width = embedding.original_hw
        return cls(embedding, embedding.original_hw, (0, 0, width, height), low_res)

    @property
    def grid(self) -> LogitGrid:
        return LogitGrid(self.part, self.embedding.input_hw, self.low_res.mask_stride)

    def mask(self, candidate: CandidateMask) -> Mask:
        """At the size of the part."""
        return mask_from_logits(
            candidate.low_res_logits,
            original_hw=self.embedding.original_hw,
            input_hw=self.embedding.input_hw,
            mask_stride=self.low_res.mask_stride,
            mask_threshold=self.low_res.mask_threshold,
        )

    def on_image(self, mask: Mask) -> Mask:
        """A mask of the part at the size of the image."""
        if mask.shape == self.image_hw:
            return mask
        x0, y0, x1, y1 = self.part
        whole = np.zeros(self.image_hw, np.bool_)
        whole[y0:y1, x0:x1] = mask
        return whole

    def cuts_off(self, mask: Mask) -> bool:
        """Whether a mask of the part reaches a side that is no side of the image."""
        x0, y0, x1, y1 = self.part
        height, width = self.image_hw
        return bool(
            (x0 > 0 and mask[:, 0].any())
            or (y0 > 0 and mask[0].any())
            or (x1 < width and mask[:, -1].any())
            or (y1 < height and mask[-1].any())
        )


@dataclass(frozen=True, eq=False)
class Answer:
    """To one prompt. The chosen candidate is the one with the highest predicted IoU."""

    view: View
    candidates: Sequence[CandidateMask]
    chosen: CandidateMask
    mask: Mask  # of the chosen one, at the size of the view's part

    @property
    def is_cut_off(self) -> bool:
        return self.view.cuts_off(self.mask)


def ask(
    segmenter: Segmenter,
    view: View,
    *,
    points_xy: Points,
    point_labels: NDArray[np.int8],
    before: Answer | None = None,
) -> Answer:
    """Answer to image points (n, 2), those that lie in the view; the logits of `before` are fed back."""
    inside = holds_points(view.part, points_xy)
    prompt = Prompt(
        points_xy=points_xy[inside] - np.array(view.part[:2], np.float32),
        point_labels=point_labels[inside],
        mask_logits=None if before is None else _logits_on(view, before),
    )
    return answer_to(segmenter, view, prompt)


def answer_to(segmenter: Segmenter, view: View, prompt: Prompt) -> Answer:
    """`prompt` is in points of the view's part."""
    candidates = segmenter.decode(view.embedding, prompt)
    chosen = max(candidates, key=lambda candidate: candidate.predicted_iou)
    return Answer(view, candidates, chosen, view.mask(chosen))


def _logits_on(view: View, before: Answer) -> NDArray[np.float32]:
    logits = before.chosen.low_res_logits
    if before.view is view:
        return logits
    threshold = view.low_res.mask_threshold
    return move_logits(logits, source=before.view.grid, target=view.grid, mask_threshold=threshold)
