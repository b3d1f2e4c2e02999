"""How good is a candidate mask? What the predicted IoU is computed from."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


class MaskScores(nn.Module):
    """A correction of each candidate's predicted IoU by what lies inside it; begins at zero.

    Mask-pooled features as in Mask Scoring R-CNN (Huang et al. 2019), and how far the candidates
    agree: of three masks, one that resembles the others is seldom the worst.
    """

    def __init__(self, *, features: int, tokens: int, candidates: int, hidden: int) -> None:
        super().__init__()
        self.features_in = nn.Linear(2 * features, hidden)
        self.tokens_in = nn.Linear(tokens, hidden, bias=False)
        self.agreement_in = nn.Linear(candidates, hidden, bias=False)
        self.out = nn.Linear(hidden, 1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, logits: Tensor, features: Tensor, tokens: Tensor) -> Tensor:
        """`logits` (N, M, 2h, 2w), `features` (N, c, h, w), `tokens` (N, t) of the object -> (N, M)."""
        with torch.no_grad():
            weights = functional.avg_pool2d(torch.sigmoid(logits), 2).flatten(2)  # (N, M, h*w)
        flat = features.flatten(2).transpose(1, 2).float()  # (N, h*w, c)
        inside = torch.matmul(weights, flat) / (weights.sum(2, keepdim=True) + 1)
        outside = features.mean((2, 3)).float()[:, None] - inside
        hidden = (
            self.features_in(torch.cat([inside, outside], dim=2))
            + self.tokens_in(tokens)[:, None]
            + self.agreement_in(_agreement(weights))
        )
        scores: Tensor = self.out(functional.relu(hidden))[..., 0]
        return scores


def _agreement(weights: Tensor) -> Tensor:
    """Soft IoU of every candidate with every other: (N, M, h*w) -> (N, M, M)."""
    common = torch.matmul(weights, weights.transpose(1, 2))
    areas = weights.sum(2)
    return common / (areas[:, :, None] + areas[:, None] - common + 1)


@torch.no_grad()
def mask_statistics(logits: Tensor) -> Tensor:
    """Side length, mean probability inside and decidedness of each candidate: (N, 3 * candidates)."""
    probability = torch.sigmoid(logits)
    mask = (logits > 0).float()
    area = mask.sum((2, 3))
    return torch.cat(
        [
            mask.mean((2, 3)).sqrt(),
            (probability * mask).sum((2, 3)) / (area + 1),
            (2 * probability - 1).abs().mean((2, 3)),
        ],
        dim=1,
    )
