"""Low-res logits onto the image: bilinear with half-pixel centres, edges clamped, then a threshold.

The centre of image pixel i is the model point (i + .5) * input / original, which lies at
u = (i + .5) * input / original / mask_stride - .5 between the low-res cells floor(u) and
floor(u) + 1. u is clamped to the valid cells, so padding never bleeds into the image. Where input
is a multiple of the stride this is `interpolate(..., mode="bilinear", align_corners=False)`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segmentation.geometry.sizes import HW, valid_low_res_hw

_ROWS_AT_ONCE = 256  # bounds the float32 memory of a mask to 256 image rows


@dataclass(frozen=True)
class _Taps:
    """For every pixel of one axis: the two low-res cells around it and the share of the second."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    share: NDArray[np.float32]


def upsample_logits(
    low_res_logits: NDArray[np.float32], *, original_hw: HW, input_hw: HW, mask_stride: int
) -> NDArray[np.float32]:
    """Logits (H, W) of every image pixel from low-res logits (h, w)."""
    rows, columns = _taps(low_res_logits, original_hw, input_hw, mask_stride)
    return _lerp_rows(_lerp_columns(low_res_logits, columns), rows, slice(None))


def mask_from_logits(
    low_res_logits: NDArray[np.float32],
    *,
    original_hw: HW,
    input_hw: HW,
    mask_stride: int,
    mask_threshold: float = 0.0,
) -> NDArray[np.bool_]:
    """Mask (H, W) at the size of the image: upsampled logits > mask_threshold."""
    rows, columns = _taps(low_res_logits, original_hw, input_hw, mask_stride)
    widened = _lerp_columns(low_res_logits, columns)
    mask = np.empty(original_hw, np.bool_)
    for top in range(0, original_hw[0], _ROWS_AT_ONCE):
        band = slice(top, top + _ROWS_AT_ONCE)
        np.greater(_lerp_rows(widened, rows, band), mask_threshold, out=mask[band])
    return mask


def _taps(
    low_res_logits: NDArray[np.float32], original_hw: HW, input_hw: HW, mask_stride: int
) -> tuple[_Taps, _Taps]:
    valid_hw = valid_low_res_hw(input_hw, mask_stride=mask_stride)
    if (
        low_res_logits.ndim != 2
        or low_res_logits.shape[0] < valid_hw[0]
        or low_res_logits.shape[1] < valid_hw[1]
    ):
        raise ValueError(f"low-res logits are {low_res_logits.shape}, smaller than the valid {valid_hw}")
    return (
        _axis_taps(original_hw[0], input_hw[0], valid_hw[0], mask_stride),
        _axis_taps(original_hw[1], input_hw[1], valid_hw[1], mask_stride),
    )


def _axis_taps(original: int, model: int, valid: int, mask_stride: int) -> _Taps:
    position = (np.arange(original) + 0.5) * model / original / mask_stride - 0.5
    position = np.clip(position, 0, valid - 1)
    first = np.floor(position).astype(np.int64)
    return _Taps(first, np.minimum(first + 1, valid - 1), (position - first).astype(np.float32))


def _lerp_columns(logits: NDArray[np.float32], taps: _Taps) -> NDArray[np.float32]:
    left = logits[:, taps.first]
    return left + (logits[:, taps.second] - left) * taps.share


def _lerp_rows(logits: NDArray[np.float32], taps: _Taps, band: slice) -> NDArray[np.float32]:
    upper = logits[taps.first[band]]
    return upper + (logits[taps.second[band]] - upper) * taps.share[band, None]
