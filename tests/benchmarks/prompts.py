"""Many different prompts for one image, the same on every machine."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor

from segmentation.geometry import HW
from segmentation.prompts import BACKGROUND, BOX_FIRST_CORNER, BOX_SECOND_CORNER, FOREGROUND, PADDING
from segmentation.segmenters.manifest import PaddingPoint

# Of ten prompts six are one point, two are boxes and two are three points.
_KINDS: tuple[tuple[int, ...], ...] = (
    *[(FOREGROUND,)] * 6,
    *[(BOX_FIRST_CORNER, BOX_SECOND_CORNER)] * 2,
    *[(FOREGROUND, FOREGROUND, BACKGROUND)] * 2,
)


def random_prompts(
    input_hw: HW, count: int, *, padding_point: PaddingPoint
) -> Iterator[tuple[Tensor, Tensor]]:
    """`point_coords` (1, N, 2) in model points and `point_labels` (1, N), as a decoder is fed."""
    rng = np.random.default_rng(0)
    sides_xy = np.array([input_hw[1], input_hw[0]])
    for index in range(count):
        labels = _KINDS[index % len(_KINDS)]
        points = rng.uniform(size=(len(labels), 2)) * sides_xy
        if BOX_FIRST_CORNER in labels:
            points = np.sort(points, axis=0)
        if padding_point == "always" or BOX_FIRST_CORNER not in labels:
            points, labels = np.concatenate([points, [[0, 0]]]), (*labels, PADDING)
        coords = torch.from_numpy(points.astype(np.float32))
        yield coords[None], torch.tensor([labels], dtype=torch.float32)


def is_one_point(labels: Tensor) -> bool:
    """Whether the prompt (1, N) is a single point without a box: the masks of several sizes compete then."""
    return bool((labels != PADDING).sum() == 1)
