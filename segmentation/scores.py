"""How sure a segmenter is of a mask, read off its low-res logits. The browser computes the same
(frontend/src/masks/logits.ts; shared cases in tests/fixtures/scores.json)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from segmentation.geometry import HW

STABILITY_OFFSET = 1.0  # of the official automatic mask generator


def stability_score(
    low_res_logits: NDArray[np.float32],
    *,
    valid_hw: HW,
    threshold: float = 0.0,
    offset: float = STABILITY_OFFSET,
) -> float:
    """IoU of the masks at threshold + offset and threshold - offset: how little depends on the line.

    `low_res_logits` (h, w); `valid_hw` rows and columns that show the image, the rest is padding and does
    not count. 0..1; 0 where the larger mask is empty. Source: `calculate_stability_score`
    (segment-anything, utils/amg.py), there at full resolution or low resolution alike.
    """
    valid = low_res_logits[: valid_hw[0], : valid_hw[1]]
    outer = np.count_nonzero(valid > threshold - offset)
    return float(np.count_nonzero(valid > threshold + offset) / outer) if outer else 0.0


def mean_logit_magnitude(
    low_res_logits: NDArray[np.float32], *, valid_hw: HW, threshold: float = 0.0
) -> float:
    """Mean distance of the logits from the threshold over the valid region: 0 is a toss-up everywhere."""
    valid = low_res_logits[: valid_hw[0], : valid_hw[1]]
    return float(np.abs(valid.astype(np.float64) - threshold).mean()) if valid.size else 0.0
