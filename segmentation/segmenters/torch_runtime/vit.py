"""The layer of SAM's ViT (transformers' `SamVisionLayer`, `SamHQVisionLayer`), quicker and equal.

Queries, keys and values are computed before the windows are cut: those of the padding are the bias, so
a sixth of the products falls away. The residual stream stays in float32.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from segmentation.segmenters.torch_runtime.attention import attend_with_positions
from segmentation.segmenters.torch_runtime.linear import QuickLinear
from segmentation.segmenters.torch_runtime.scaling import with_scaled_queries
from segmentation.segmenters.torch_runtime.windows import from_windows, to_windows


class QuickVitLayer(nn.Module):
    """Takes the weights of `layer`, on the device where they are."""

    def __init__(self, layer: nn.Module, dtype: torch.dtype, *, grid_side: int) -> None:
        """`grid_side`: cells of the whole image on a side."""
        super().__init__()
        attention = layer.attn
        self.dtype = dtype
        self.heads = attention.num_attention_heads
        self.window = layer.window_size  # 0: the layer attends to the whole image
        self.norm1, self.norm2 = layer.layer_norm1, layer.layer_norm2
        self.qkv = QuickLinear(with_scaled_queries(attention.qkv, attention.scale), dtype)
        self.proj = QuickLinear(attention.proj, dtype)
        self.mlp = nn.Sequential(
            QuickLinear(layer.mlp.lin1, dtype, gelu=True), QuickLinear(layer.mlp.lin2, dtype)
        )
        side = self.window or grid_side
        for name, table in (("table_h", attention.rel_pos_h), ("table_w", attention.rel_pos_w)):
            # The scores of positions are of unscaled queries.
            spread = relative_table(table.detach(), side) / attention.scale
            self.register_buffer(name, spread.to(dtype), persistent=False)

    def forward(self, x: Tensor, **_: object) -> Tensor:
        """(B, h, w, C) float32 -> the same."""
        x = x + self._attention(self.norm1(x).to(self.dtype))
        return x + self.mlp(self.norm2(x).to(self.dtype))

    def _attention(self, x: Tensor) -> Tensor:
        grid_hw = (x.shape[1], x.shape[2])
        qkv = self.qkv(x)
        if self.window:
            qkv = to_windows(qkv, self.window, self.qkv.bias)
        count, height, width, _ = qkv.shape
        queries, keys, values = qkv.view(count, height * width, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        attended = attend_with_positions(queries, keys, values, (self.table_h, self.table_w))
        attended = attended.transpose(1, 2).reshape(count, height, width, -1)
        if self.window:
            attended = from_windows(attended, grid_hw)
        return self.proj(attended)


def relative_table(table: Tensor, side: int) -> Tensor:
    """(side, side, C): entry [i, j] for a query at i and a key at j, from (2 * side - 1, C) by i - j."""
    if len(table) != 2 * side - 1:
        raise ValueError(f"{len(table)} relative positions do not fit a side of {side}")
    at = torch.arange(side, device=table.device)
    return table[at[:, None] - at[None, :] + side - 1]
