"""The prompts on which networks are compared, in model points, so that every family gets the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segmentation.geometry import HW
from segmentation.prompts import BOX_FIRST_CORNER, BOX_SECOND_CORNER, PADDING
from segmentation.segmenters.manifest import PaddingPoint

Array = NDArray[np.float32]

HALF_PIXEL = 0.5  # which official prompt encoders add to pixel indices, and model points have in them


@dataclass(frozen=True)
class PromptCase:
    """Points and box as fractions of the image's sides; `mask` asks for earlier logits."""

    name: str
    points: tuple[tuple[float, float, int], ...] = ()  # x, y, label
    box: tuple[float, float, float, float] | None = None
    mask: bool = False

    def points_xy(self, input_hw: HW) -> Array:
        """(n, 2) model points on pixels' centres, so that official code can be asked for them exactly."""
        fractions = np.array([point[:2] for point in self.points], np.float64).reshape(-1, 2)
        return on_centres(fractions, input_hw)

    def point_labels(self) -> Array:
        return np.array([point[2] for point in self.points], np.float32)

    def box_xyxy(self, input_hw: HW) -> Array | None:
        """(4,) in model points, on pixels' centres too."""
        if self.box is None:
            return None
        return on_centres(np.array(self.box, np.float64).reshape(2, 2), input_hw).reshape(4)

    def graph_inputs(self, input_hw: HW, padding_point: PaddingPoint) -> tuple[Array, Array]:
        """`point_coords` (1, N, 2) and `point_labels` (1, N) as a graph is fed (ARCHITECTURE 3.4)."""
        coords, labels = [self.points_xy(input_hw)], [self.point_labels()]
        box = self.box_xyxy(input_hw)
        if box is not None:
            coords.append(box.reshape(2, 2))
            labels.append(np.array([BOX_FIRST_CORNER, BOX_SECOND_CORNER], np.float32))
        if box is None or padding_point == "always":
            coords.append(np.zeros((1, 2), np.float32))
            labels.append(np.array([PADDING], np.float32))
        return np.concatenate(coords)[None], np.concatenate(labels)[None]

    def mask_input(self, low_res_hw: HW) -> Array | None:
        """(1, 1, h, w) logits of a soft disc: positive inside, with noise."""
        if not self.mask:
            return None
        h, w = low_res_hw
        y, x = np.mgrid[:h, :w].astype(np.float32)
        disc = 8 - 32 * (((x - 0.45 * w) / w) ** 2 + ((y - 0.4 * h) / h) ** 2) ** 0.5
        noise = np.random.default_rng(7).standard_normal((h, w), dtype=np.float32)
        return (disc + noise).astype(np.float32)[None, None]


_POINT = (0.41, 0.36, 1)
_POINTS = (_POINT, (0.62, 0.55, 1), (0.13, 0.81, 0))
_BOX = (0.22, 0.18, 0.71, 0.64)

PROMPTS = (
    PromptCase("one point", (_POINT,)),
    PromptCase("points", _POINTS),
    PromptCase("box", box=_BOX),
    PromptCase("points and box", _POINTS, _BOX),
    PromptCase("point and mask", (_POINT,), mask=True),
    PromptCase("points, box and mask", _POINTS, _BOX, mask=True),
)


def on_centres(fractions_xy: NDArray[np.float64], input_hw: HW) -> Array:
    """Fractions (n, 2) of the sides as the centres of the pixels that they lie in."""
    sides = np.array([input_hw[1], input_hw[0]])
    return (np.floor(fractions_xy * sides) + 0.5).astype(np.float32)
