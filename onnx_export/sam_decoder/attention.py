"""Attention between tokens and image without ever forming the image's keys, queries and values.

The image tokens of a stage are `scale * prefilled + rows^T basis + constant`: the prefilled projection takes
care of the first part, and the second is a product with a handful of rows.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn.functional import linear, softmax

from onnx_export.sam_decoder.operators import Constants
from onnx_export.sam_decoder.tokens import join_heads, split_heads
from onnx_export.sam_decoder.weights import Attention


class ImageState(NamedTuple):
    """How the image tokens of a stage differ from the prefilled ones."""

    scale: Tensor | None  # (1, N); None: 1
    rows: Tensor  # (r, N)
    basis: Tensor  # (r, d)


class Additions(NamedTuple):
    """What image-to-token attention adds to the image tokens, rows^T basis."""

    rows: Tensor  # (r, N), the last row is all ones
    basis: Tensor  # (r, d)
    overlaps: list[Tensor]  # (1, N): its products with each kind of image tokens that was asked for


class TokensLook(Constants):
    """Tokens attend to the image."""

    def __init__(self, attention: Attention, *, positions: Tensor | None, constant: Tensor | None) -> None:
        """`positions` (N, d) where the prefilled keys have none; `constant` (d,): in each image token."""
        super().__init__()
        self.heads = attention.heads
        value_bias = (
            attention.value_bias if constant is None else attention.value_bias + attention.value @ constant
        )
        self.keep(
            query=attention.query,
            query_bias=attention.query_bias,
            key_by_head=attention.by_head(attention.key),
            value_by_head=attention.by_head(attention.value).transpose(1, 2),
            value_bias=attention.by_head(value_bias)[:, None],
            out=attention.out,
            out_bias=attention.out_bias,
        )
        # A key's bias is the same for all image tokens of a query: softmax does not see it.
        self.has_positions = positions is not None
        if positions is not None:
            self.keep(position_keys=attention.by_head(attention.key @ positions.t()))

    def forward(self, tokens: Tensor, key: Tensor, value: Tensor, state: ImageState | None) -> Tensor:
        """(n, d), prefilled (h, w, N) and (h, N, w) -> (n, d)."""
        query = split_heads(linear(tokens, self.query, self.query_bias), self.heads)
        attention = softmax(self._scores(query, key, state), dim=-1)
        weighted = attention if state is None or state.scale is None else attention * state.scale
        seen = weighted @ value + self.value_bias
        if state is not None:
            gathered = (attention.reshape(-1, key.shape[2]) @ state.rows.t()) @ state.basis
            seen = seen + gathered.reshape(self.heads, -1, gathered.shape[1]) @ self.value_by_head
        return linear(join_heads(seen), self.out, self.out_bias)

    def _scores(self, query: Tensor, key: Tensor, state: ImageState | None) -> Tensor:
        scores = _stage_scores(query, key, self.key_by_head, state)
        return scores + query @ self.position_keys if self.has_positions else scores


class ImageLooks(Constants):
    """The image attends to tokens. Scores lie token by token, (h, n, N): softmax works on long rows."""

    def __init__(self, attention: Attention, *, positions: Tensor | None, constant: Tensor | None) -> None:
        """`positions` (N, d) where the prefilled queries have none; `constant` (d,): in each image token."""
        super().__init__()
        self.heads = attention.heads
        inner = attention.query.shape[0]
        self.keep(
            key=attention.key,
            key_bias=attention.key_bias,
            value=attention.value,
            value_bias=attention.value_bias,
            query_by_head=attention.by_head(attention.query),
            out_by_head=attention.out.t().reshape(self.heads, inner // self.heads, -1),
            out=attention.out,
            out_bias=attention.out_bias if constant is None else attention.out_bias + constant,
        )
        self.has_positions = positions is not None
        if positions is not None:
            placed = positions if constant is None else positions + constant
            queries = attention.query @ placed.t() + attention.query_bias[:, None]
            self.keep(position_queries=attention.by_head(queries))

    def forward(
        self,
        placed: Tensor,
        tokens: Tensor,
        query: Tensor,
        state: ImageState | None,
        crosses: list[tuple[Tensor, Tensor]],
    ) -> Additions:
        """`placed` is tokens + positions (n, d), `query` prefilled (h, w, N).

        Attention weights sum to one in each head: one token's are left out, its value becomes a constant.
        `crosses`: products of image tokens with values (h, w, N), and with the constant (1, N).
        """
        key = split_heads(linear(placed, self.key, self.key_bias), self.heads)
        value = split_heads(linear(tokens, self.value, self.value_bias), self.heads)
        attention = _softmax_over_tokens(self._scores(key, query, state))
        count = query.shape[2]
        rows = torch.cat([attention[:, 1:].reshape(-1, count), torch.ones(1, count)])
        differences, left_out = value[:, 1:] - value[:, :1], value[:, 0].reshape(1, -1)
        additions = (differences @ self.out_by_head).reshape(-1, self.out.shape[0])
        basis = torch.cat([additions, linear(left_out, self.out, self.out_bias)])
        overlaps = [
            (attention * (value @ by_head)).reshape(-1, count).sum(0, keepdim=True) + by_constant
            for by_head, by_constant in crosses
        ]
        return Additions(rows, basis, overlaps)

    def _scores(self, key: Tensor, query: Tensor, state: ImageState | None) -> Tensor:
        scores = _stage_scores(key, query, self.query_by_head, state)
        return scores + key @ self.position_queries if self.has_positions else scores


def _stage_scores(vectors: Tensor, prefilled: Tensor, by_head: Tensor, state: ImageState | None) -> Tensor:
    """(h, n, w) . the stage's image tokens, projected by `by_head` (h, w, d) -> (h, n, N)."""
    scores = vectors @ prefilled
    if state is None:
        return scores
    if state.scale is not None:
        scores = scores * state.scale
    in_basis = (vectors @ by_head).reshape(-1, by_head.shape[2]) @ state.basis.t()
    return scores + (in_basis @ state.rows).reshape(scores.shape)


def _softmax_over_tokens(scores: Tensor) -> Tensor:
    """(h, n, N) over n: plain operators over long rows are faster than Softmax over a short axis."""
    exponentials = torch.exp(scores - scores.amax(1, keepdim=True))
    return exponentials / exponentials.sum(1, keepdim=True)
