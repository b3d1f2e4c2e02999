"""Batch norms folded into the convolutions before them, in the tensors of a checkpoint."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

PARTS = ("weight", "bias", "running_mean", "running_var")


def fold_batch_norms(
    tensors: Mapping[str, Tensor], *, convolution: str, norm: str, eps: float
) -> dict[str, Tensor]:
    """Tensors in which `X.<convolution>` and, where there is one, `X.<norm>` became one convolution `X`.

    In evaluation a batch norm is a scale and a shift per channel, so this is the same function with fewer
    operations; computed in float64, so that nothing but the last rounding differs. All else stays as it is,
    also a norm that lacks a part: loading the result into a network tells what is missing.
    """
    left = dict(tensors)
    folded: dict[str, Tensor] = {}
    for name in tensors:
        owner, is_variance, rest = name.rpartition(f".{norm}.running_var")
        if is_variance and not rest:
            folded |= _take_folded(left, owner, convolution=convolution, norm=norm, eps=eps)
    return folded | {name.replace(f".{convolution}.", "."): value for name, value in left.items()}


def _take_folded(
    left: dict[str, Tensor], owner: str, *, convolution: str, norm: str, eps: float
) -> dict[str, Tensor]:
    """Removes one pair from `left` -> the weight and bias of `owner`; nothing where a part is missing."""
    names = [f"{owner}.{convolution}.weight", *(f"{owner}.{norm}.{part}" for part in PARTS)]
    if any(name not in left for name in names):
        return {}
    weight, scale, shift, mean, variance = (left.pop(name).double() for name in names)
    left.pop(f"{owner}.{norm}.num_batches_tracked", None)
    bias = left.pop(f"{owner}.{convolution}.bias", torch.zeros(())).double()
    scale = scale / torch.sqrt(variance + eps)
    return {
        f"{owner}.weight": (weight * scale[:, None, None, None]).float(),
        f"{owner}.bias": ((bias - mean) * scale + shift).float(),
    }
