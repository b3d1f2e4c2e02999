"""Attention of image tokens, fused where the device can, in blocks where it cannot.

On a GPU everything goes through `scaled_dot_product_attention`'s fused kernels, which take no bias that
would have to be written out: relative positions become further channels of queries and keys. On a CPU the
fused kernel is slower than plain products whose scores stay in the cache.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

# Rows of scores at a time: 512 x 4096 in bfloat16 are 4 MB.
_BLOCK_ROWS = 512
_MANY_TOKENS = 1024
_CHANNELS_MULTIPLE = 8  # of heads that fused kernels take


def attend(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """softmax(queries keysᵀ) values: (n, heads, tokens, channels) each; queries come scaled."""
    if queries.device.type == "cpu" and keys.shape[2] >= _MANY_TOKENS:
        return _in_blocks(queries, keys, values, None)
    return functional.scaled_dot_product_attention(queries, keys, values, scale=1.0)


def attend_with_positions(
    queries: Tensor, keys: Tensor, values: Tensor, tables: tuple[Tensor, Tensor]
) -> Tensor:
    """The same on a grid of h x w tokens, with decomposed relative positions (Li et al., MViTv2, 2022).

    `tables` (h, h, channels) and (w, w, channels) say what is added to the score of a query in row (column)
    i for a key in row (column) j: its product with entry [i, j].
    """
    rows, columns = _position_scores(queries, *tables)
    if queries.device.type != "cpu":
        return _fused_with_positions(queries, keys, values, rows, columns)
    if keys.shape[2] >= _MANY_TOKENS:
        return _in_blocks(queries, keys, values, (rows, columns))
    bias = (rows[..., :, None] + columns[..., None, :]).flatten(-2)
    return functional.scaled_dot_product_attention(queries, keys, values, attn_mask=bias, scale=1.0)


def _position_scores(queries: Tensor, table_h: Tensor, table_w: Tensor) -> tuple[Tensor, Tensor]:
    """(n, heads, tokens, h) and (n, heads, tokens, w): what a query adds for each row and column of keys."""
    height, width = len(table_h), len(table_w)
    grid = queries.unflatten(2, (height, width))
    rows = grid @ table_h.transpose(1, 2)
    columns = (grid.transpose(2, 3) @ table_w.transpose(1, 2)).transpose(2, 3)
    return rows.flatten(2, 3), columns.flatten(2, 3)


def _fused_with_positions(
    queries: Tensor, keys: Tensor, values: Tensor, rows: Tensor, columns: Tensor
) -> Tensor:
    """One-hot rows and columns behind each key pick the query's position scores: no bias is written out."""
    height, width, channels = rows.shape[-1], columns.shape[-1], values.shape[-1]
    each_row = torch.eye(height, dtype=keys.dtype, device=keys.device).repeat_interleave(width, 0)
    each_column = torch.eye(width, dtype=keys.dtype, device=keys.device).repeat(height, 1)
    picks = torch.cat([each_row, each_column], dim=1).expand(*keys.shape[:2], -1, -1)
    surplus = -(channels + height + width) % _CHANNELS_MULTIPLE
    queries = functional.pad(torch.cat([queries, rows, columns], dim=-1), (0, surplus))
    keys = functional.pad(torch.cat([keys, picks], dim=-1), (0, surplus))
    # The fused kernels want values as wide as keys.
    values = functional.pad(values, (0, height + width + surplus))
    return functional.scaled_dot_product_attention(queries, keys, values, scale=1.0)[..., :channels]


def _in_blocks(
    queries: Tensor, keys: Tensor, values: Tensor, positions: tuple[Tensor, Tensor] | None
) -> Tensor:
    output = torch.empty_like(queries)
    tokens = keys.shape[2]
    scores = queries.new_empty(min(_BLOCK_ROWS, queries.shape[2]), tokens)
    for image in range(queries.shape[0]):
        for head in range(queries.shape[1]):
            keys_across = keys[image, head].t()
            for start in range(0, queries.shape[2], _BLOCK_ROWS):
                block = slice(start, start + _BLOCK_ROWS)
                of_block = queries[image, head, block]
                part = scores[: len(of_block)]
                if positions is None:
                    torch.mm(of_block, keys_across, out=part)
                else:
                    rows, columns = (each[image, head, block] for each in positions)
                    grid = part.view(len(part), rows.shape[-1], columns.shape[-1])
                    torch.add(rows[:, :, None], columns[:, None, :], out=grid)
                    torch.addmm(part, of_block, keys_across, out=part)
                torch.mm(torch.softmax(part, -1), values[image, head], out=output[image, head, block])
    return output
