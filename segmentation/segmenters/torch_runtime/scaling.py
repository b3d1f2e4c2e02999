"""Folding the softmax scale of attention into the weights that make its queries."""

from __future__ import annotations

import torch
from torch import nn


@torch.no_grad()
def with_scaled_queries(qkv: nn.Linear, scale: float) -> nn.Linear:
    """A copy of `qkv` (queries, keys, values: a third of the outputs each) whose queries come scaled."""
    rows = qkv.out_features // 3
    scaled = nn.utils.skip_init(
        nn.Linear, qkv.in_features, qkv.out_features, device=qkv.weight.device, dtype=qkv.weight.dtype
    )
    scaled.weight.copy_(qkv.weight)
    scaled.bias.copy_(qkv.bias)
    scaled.weight[:rows] *= scale
    scaled.bias[:rows] *= scale
    return scaled
