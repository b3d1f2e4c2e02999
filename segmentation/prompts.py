"""Prompt: all that an annotator gave for one mask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FOREGROUND = 1
BACKGROUND = 0

# Further labels that only the decoder graph knows (Segment Anything, `PromptEncoder`).
BOX_FIRST_CORNER = 2
BOX_SECOND_CORNER = 3
PADDING = -1


@dataclass(frozen=True, eq=False)
class Prompt:
    """Points, box and earlier logits, in image points (continuous x, y; see `segmentation.geometry`)."""

    points_xy: NDArray[np.float32]  # (n, 2) image points
    point_labels: NDArray[np.int8]  # (n,) 1 foreground, 0 background
    box_xyxy: tuple[float, float, float, float] | None = None
    mask_logits: NDArray[np.float32] | None = None  # (h, w) low-res logits of the previous round

    def __post_init__(self) -> None:
        count = len(self.point_labels)
        if self.points_xy.shape != (count, 2) or self.point_labels.shape != (count,):
            raise ValueError(
                f"points_xy is {self.points_xy.shape} and point_labels {self.point_labels.shape}; "
                "expected (n, 2) and (n,)"
            )
        if not np.isin(self.point_labels, (FOREGROUND, BACKGROUND)).all():
            raise ValueError("point labels are 1 (foreground) or 0 (background)")
        if self.mask_logits is not None and self.mask_logits.ndim != 2:
            raise ValueError(f"mask_logits is {self.mask_logits.shape}; expected (h, w)")

    @property
    def is_empty(self) -> bool:
        return len(self.point_labels) == 0 and self.box_xyxy is None and self.mask_logits is None


def make_prompt(
    points: Sequence[tuple[float, float, int]] = (),
    *,
    box_xyxy: tuple[float, float, float, float] | None = None,
    mask_logits: NDArray[np.float32] | None = None,
) -> Prompt:
    """Prompt from plain `(x, y, label)` triples."""
    return Prompt(
        points_xy=np.array([point[:2] for point in points], np.float32).reshape(-1, 2),
        point_labels=np.array([point[2] for point in points], np.int8),
        box_xyxy=box_xyxy,
        mask_logits=mask_logits,
    )
