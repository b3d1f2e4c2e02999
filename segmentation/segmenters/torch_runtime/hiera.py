"""The block of SAM 2's Hiera (transformers' `Sam2MultiScaleBlock`), quicker and equal.

As in `vit.py` the padding of windows is never multiplied. transformers' block also computes scores between
the heads of each token, which nobody uses; this one does not.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from segmentation.segmenters.torch_runtime.attention import attend
from segmentation.segmenters.torch_runtime.linear import QuickLinear
from segmentation.segmenters.torch_runtime.scaling import with_scaled_queries
from segmentation.segmenters.torch_runtime.windows import from_windows, to_windows


class QuickHieraBlock(nn.Module):
    """Takes the weights of `block`, on the device where they are."""

    def __init__(self, block: nn.Module, dtype: torch.dtype) -> None:
        super().__init__()
        attention = block.attn
        self.dtype = dtype
        self.heads = attention.num_attention_heads
        self.window = block.window_size  # of keys; 0: the block attends to the whole image
        self.pools = block.query_stride is not None
        if self.pools and tuple(block.query_stride) != (2, 2):
            raise ValueError(f"queries are pooled by 2 x 2, not by {block.query_stride}")
        self.norm1, self.norm2 = block.layer_norm1, block.layer_norm2
        self.qkv = QuickLinear(with_scaled_queries(attention.qkv, attention.scale), dtype)
        self.proj = QuickLinear(attention.proj, dtype)
        self.mlp = nn.Sequential(
            QuickLinear(block.mlp.proj_in, dtype, gelu=True), QuickLinear(block.mlp.proj_out, dtype)
        )
        self.residual = QuickLinear(block.proj, dtype) if block.dim != block.dim_out else None

    def forward(self, x: Tensor, **_: object) -> Tensor:
        """(B, h, w, C) float32 -> the same, or (B, h/2, w/2, 2 C) in the first block of a stage."""
        normed = self.norm1(x).to(self.dtype)
        if self.residual is not None:
            x = self.residual(normed)
            x = (pooled(x) if self.pools else x).float()
        x = x + self._attention(normed, (x.shape[1], x.shape[2]))
        return x + self.mlp(self.norm2(x).to(self.dtype))

    def _attention(self, x: Tensor, output_hw: tuple[int, int]) -> Tensor:
        qkv = self.qkv(x)
        if self.window:
            qkv = to_windows(qkv, self.window, self.qkv.bias)
        queries, keys, values = qkv.chunk(3, dim=-1)
        if self.pools:
            queries = pooled(queries)
        side_hw = (queries.shape[1], queries.shape[2])
        attended = attend(*(self._by_head(each) for each in (queries, keys, values)))
        attended = attended.transpose(1, 2).reshape(len(attended), *side_hw, -1)
        if self.window:
            attended = from_windows(attended, output_hw)
        return self.proj(attended)

    def _by_head(self, x: Tensor) -> Tensor:
        """(n, h, w, heads * channels) -> (n, heads, h * w, channels)."""
        return x.flatten(1, 2).unflatten(-1, (self.heads, -1)).transpose(1, 2)


def pooled(x: Tensor) -> Tensor:
    """Maximum of 2 x 2 cells: (n, h, w, C) -> (n, h/2, w/2, C)."""
    return functional.max_pool2d(x.permute(0, 3, 1, 2), 2).permute(0, 2, 3, 1)
