"""Losses of interactive segmentation: several candidates for one true mask."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from segmentation.segmenters.pocket.decoder import Decoded
from segmentation.training.recipe import LossRecipe

RANKING_TEMPERATURE = 0.05  # IoU; candidates that are this close count as equal


class LossParts(NamedTuple):
    total: Tensor
    best_mask: Tensor  # of the candidate that fits best, mean over the objects
    predicted_iou: Tensor
    iou: Tensor  # (N, candidates) true IoU of each candidate at stride 4
    chosen_iou: Tensor  # (N,) of the candidate with the largest predicted IoU


def interactive_loss(decoded: Decoded, coverage: Tensor, has_click: Tensor, weights: LossRecipe) -> LossParts:
    """`coverage` (B, K, h, w) in 0..1, `has_click` (B, K): is there a foreground click?"""
    logits = decoded.logits.flatten(0, 1)
    target = coverage.flatten(0, 1)
    predicted = decoded.predicted_iou.flatten(0, 1)
    per_candidate = mask_loss(logits, target)
    best = per_candidate.min(1).values.mean()
    iou = candidate_iou(logits.detach(), target)
    iou_loss = functional.mse_loss(predicted, iou)
    total = (
        best
        + weights.all_candidates * per_candidate.mean()
        + weights.similarity_mask * _similarity_loss(decoded.similarity_logits, target, has_click)
        + weights.predicted_iou * iou_loss
        + weights.ranking * ranking_loss(predicted, iou)
    )
    chosen = iou.gather(1, predicted.argmax(1, keepdim=True))[:, 0]
    return LossParts(total, best.detach(), iou_loss.detach(), iou, chosen)


def _similarity_loss(logits: Tensor | None, target: Tensor, has_click: Tensor) -> Tensor:
    """Of the mask linear in the similarities, for objects with a click; 0 for networks without one."""
    if logits is None:
        return target.new_zeros(())
    halved = functional.avg_pool2d(target[:, None], 2)[:, 0]
    per_object = mask_loss(logits.flatten(0, 1)[:, None].float(), halved)[:, 0]
    return (per_object * has_click.flatten().float()).mean()


def ranking_loss(predicted: Tensor, iou: Tensor) -> Tensor:
    """Cross entropy between the order of the predicted and of the true IoUs (ListNet, Cao et al. 2007).

    The squared error alone is content with three equal guesses; what is shown is the largest of them.
    """
    wanted = functional.softmax(iou / RANKING_TEMPERATURE, dim=1)
    return functional.cross_entropy(predicted / RANKING_TEMPERATURE, wanted) - _entropy(wanted)


def _entropy(shares: Tensor) -> Tensor:
    return -(shares * shares.clamp(min=1e-9).log()).sum(1).mean()


def mask_loss(logits: Tensor, target: Tensor) -> Tensor:
    """Normalised focal loss (Sofiiuk et al., RITM) plus dice: (N, M, h, w), (N, h, w) -> (N, M)."""
    target = target[:, None].expand_as(logits)
    probability = torch.sigmoid(logits)
    error = (probability - target).detach().square()
    cross_entropy = functional.binary_cross_entropy_with_logits(logits, target, reduction="none")
    pixels = float(logits.shape[-1] * logits.shape[-2])
    balance = (pixels / (error.sum((2, 3)) + 1.0)).clamp(max=200.0)
    focal = (error * cross_entropy).mean((2, 3)) * balance
    overlap = 2 * (probability * target).sum((2, 3)) + 1
    dice = 1 - overlap / (probability.sum((2, 3)) + target.sum((2, 3)) + 1)
    return focal + dice


@torch.no_grad()
def candidate_iou(logits: Tensor, target: Tensor) -> Tensor:
    """IoU of thresholded masks: (N, M, h, w), (N, h, w) -> (N, M)."""
    predicted = (logits > 0).float()
    wanted = (target > 0.5).float()[:, None]
    union = torch.maximum(predicted, wanted).sum((2, 3))
    return (predicted * wanted).sum((2, 3)) / (union + 1e-3)
