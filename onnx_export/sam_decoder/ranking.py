"""Which mask token is the best, and which of them the caller wants."""

from __future__ import annotations

import torch
from torch import Tensor

SINGLE_BONUS = 1000.0  # as in segment-anything's SamOnnxModel: larger than any predicted IoU


def rank_of_tokens(predicted_iou: Tensor, *, is_single: Tensor) -> Tensor:
    """(1, T) -> (T,), 0 is the best.

    Token 0, trained for prompts that are clear, comes first if `is_single` (a scalar), else last; the others
    by predicted IoU. Comparisons instead of a sort: every provider of ONNX Runtime Web has them.
    """
    tokens = int(predicted_iou.shape[1])
    bonus = torch.tensor([SINGLE_BONUS] + [0.0] * (tokens - 1))
    # Ties go to the earlier token.
    earlier = torch.tensor([[float(other < own) for other in range(tokens)] for own in range(tokens)])
    score = predicted_iou[0] + (is_single.float() * 2 - 1) * bonus
    ours, theirs = score[:, None], score[None]
    beaten = (theirs > ours).float() + (theirs == ours).float() * earlier
    return beaten.sum(1)


def select(ranks: Tensor, wanted: Tensor) -> Tensor:
    """(T,) ranks, (K,) wanted ranks -> (K, T), a one in each row."""
    return (wanted.float()[:, None] == ranks[None]).float()


def is_stable(logits: Tensor, *, delta: float, threshold: float) -> Tensor:
    """SAM 2's rule for the single mask (any shape): its IoU at thresholds +delta and -delta; a scalar.

    An empty mask is stable.
    """
    inner = (logits > delta).float().sum()
    outer = (logits > -delta).float().sum()
    return (inner + (outer == 0).float()) / outer.clamp(min=1) >= threshold
