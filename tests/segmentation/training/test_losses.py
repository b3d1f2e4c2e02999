"""What the losses reward."""

from __future__ import annotations

import pytest
import torch

from segmentation.segmenters.pocket.decoder import Decoded
from segmentation.training.losses import candidate_iou, interactive_loss, mask_loss
from segmentation.training.recipe import Recipe

pytestmark = pytest.mark.more


def square() -> torch.Tensor:
    target = torch.zeros(1, 16, 16)
    target[:, 4:12, 4:12] = 1
    return target


def logits_of(target: torch.Tensor) -> torch.Tensor:
    return (target[:, None] * 2 - 1) * 8


def test_the_right_mask_costs_little_and_the_wrong_one_much() -> None:
    right, wrong = logits_of(square()), -logits_of(square())
    assert mask_loss(right, square()).item() < 0.05
    assert mask_loss(wrong, square()).item() > 1


def test_iou_of_half_a_square() -> None:
    half = square()
    half[:, 8:] = 0
    assert candidate_iou(logits_of(half), square()).item() == pytest.approx(0.5, abs=0.01)


def test_one_good_candidate_is_enough(recipe: Recipe) -> None:
    right, wrong = logits_of(square()), -logits_of(square())
    scores = torch.tensor([[[0.0, 1.0, 0.0]]])
    decoded = Decoded(torch.cat([wrong, right, wrong], dim=1)[None], scores, torch.zeros(1, 1, 8, 8))
    parts = interactive_loss(decoded, square()[None], torch.ones(1, 1), recipe.loss)
    assert parts.best_mask.item() < 0.05
    assert parts.chosen_iou.item() > 0.99
    assert parts.predicted_iou.item() == pytest.approx(0, abs=1e-4)


def test_the_score_loss_punishes_a_wrong_estimate(recipe: Recipe) -> None:
    right = logits_of(square()).expand(1, 3, 16, 16)[None]
    decoded = Decoded(right, torch.zeros(1, 1, 3), torch.zeros(1, 1, 8, 8))
    parts = interactive_loss(decoded, square()[None], torch.ones(1, 1), recipe.loss)
    assert parts.predicted_iou.item() == pytest.approx(1, abs=0.02)
