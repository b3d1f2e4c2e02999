"""The token side of the two-way transformer: a dozen tokens, so plain code."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import linear, softmax

from onnx_export.sam_decoder.operators import Constants
from onnx_export.sam_decoder.weights import Attention, Block, DecoderWeights


def split_heads(rows: Tensor, heads: int) -> Tensor:
    """(n, inner) -> (heads, n, width)."""
    return rows.reshape(rows.shape[0], heads, -1).transpose(0, 1)


def join_heads(by_head: Tensor) -> Tensor:
    """(heads, n, width) -> (n, inner)."""
    return by_head.transpose(0, 1).reshape(by_head.shape[1], -1)


class SelfAttention(Constants):
    """Among the tokens. In the first block positions are part of the tokens already."""

    def __init__(self, attention: Attention, *, is_first: bool, is_efficient: bool) -> None:
        super().__init__()
        self.heads = attention.heads
        self.is_first = is_first
        self.is_efficient = is_efficient
        self.keep(
            query=attention.query,
            query_bias=attention.query_bias,
            key=attention.key,
            key_bias=attention.key_bias,
            value=attention.value,
            value_bias=attention.value_bias,
            out=attention.out,
            out_bias=attention.out_bias,
        )

    def forward(self, tokens: Tensor, positions: Tensor) -> Tensor:
        """(n, d) each -> (n, d), the residual added where there is one."""
        placed = tokens if self.is_first else tokens + positions
        if self.is_efficient:
            tokens = placed
        query = split_heads(linear(placed, self.query, self.query_bias), self.heads)
        key = split_heads(linear(placed, self.key, self.key_bias), self.heads)
        value = split_heads(linear(tokens, self.value, self.value_bias), self.heads)
        attended = softmax(query @ key.transpose(1, 2), dim=-1) @ value
        answer = linear(join_heads(attended), self.out, self.out_bias)
        return answer if self.is_first and not self.is_efficient else tokens + answer


class TokenSteps(nn.Module):
    """What one block does to the tokens besides looking at the image."""

    def __init__(self, block: Block, weights: DecoderWeights) -> None:
        super().__init__()
        self.self_attention = SelfAttention(
            block.self_attention,
            is_first=block is weights.blocks[0],
            is_efficient=weights.is_efficient,
        )
        self.activation = weights.activation
        self.norm1, self.norm2, self.norm3 = block.norms
        self.mlp1, self.mlp2 = block.mlp

    def attend_tokens(self, tokens: Tensor, positions: Tensor) -> Tensor:
        return self.norm1(self.self_attention(tokens, positions))

    def take_in(self, tokens: Tensor, seen: Tensor) -> Tensor:
        tokens = self.norm2(tokens + seen)
        return self.norm3(tokens + self.mlp2(self.activation(self.mlp1(tokens))))


class FeedForwards(Constants):
    """Several equally shaped networks, each on its token: products of stacked matrices."""

    def __init__(self, networks: list[list[nn.Linear]], activation: nn.Module) -> None:
        super().__init__()
        self.activation = activation
        self.depth = len(networks[0])
        for i, layers in enumerate(zip(*networks, strict=True)):
            self.keep(
                **{
                    f"weight{i}": torch.stack([layer.weight.t() for layer in layers]),
                    f"bias{i}": torch.stack([layer.bias for layer in layers])[:, None],
                }
            )

    def forward(self, tokens: Tensor) -> Tensor:
        """(t, d) -> (t, out)."""
        values = tokens[:, None]
        for i in range(self.depth):
            values = values @ getattr(self, f"weight{i}") + getattr(self, f"bias{i}")
            if i < self.depth - 1:
                values = self.activation(values)
        return values[:, 0]
