"""The blocks of EfficientViT (Cai et al., 2023, arXiv 2205.14756); (B, C, H, W) throughout.

Every convolution carries the batch norm that followed it in training, folded in.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

HEAD_WIDTH = 32


def convolution(
    in_width: int, out_width: int, kernel: int = 3, *, stride: int = 1, groups: int = 1, bias: bool = True
) -> nn.Conv2d:
    return nn.Conv2d(in_width, out_width, kernel, stride, padding=kernel // 2, groups=groups, bias=bias)


def gelu(features: Tensor) -> Tensor:
    """The tanh form, with which the checkpoints were trained."""
    return F.gelu(features, approximate="tanh")


class ResidualBlock(nn.Module):
    def __init__(self, width: int, out_width: int, *, expansion: int, stride: int = 1) -> None:
        super().__init__()
        self.stride = stride
        self.conv1 = convolution(width, width * expansion, stride=stride)
        self.conv2 = convolution(width * expansion, out_width)

    def forward(self, features: Tensor) -> Tensor:
        changed = self.conv2(gelu(self.conv1(features)))
        return features + changed if self.stride == 1 else changed


class FusedBlock(nn.Module):
    """Inverted bottleneck whose expansion is a full 3x3 convolution ("fused MBConv")."""

    def __init__(self, width: int, out_width: int, *, expansion: int, stride: int = 1) -> None:
        super().__init__()
        self.stride = stride
        self.spatial_conv = convolution(width, width * expansion, stride=stride)
        self.point_conv = convolution(width * expansion, out_width, 1)

    def forward(self, features: Tensor) -> Tensor:
        changed = self.point_conv(gelu(self.spatial_conv(features)))
        return features + changed if self.stride == 1 else changed


class SeparableBlock(nn.Module):
    """Inverted bottleneck with a depthwise convolution ("MBConv")."""

    def __init__(self, width: int, out_width: int, *, expansion: int, stride: int = 1) -> None:
        super().__init__()
        self.stride = stride
        inner = width * expansion
        self.inverted_conv = convolution(width, inner, 1)
        self.depth_conv = convolution(inner, inner, stride=stride, groups=inner)
        self.point_conv = convolution(inner, out_width, 1)

    def forward(self, features: Tensor) -> Tensor:
        changed = self.point_conv(gelu(self.depth_conv(gelu(self.inverted_conv(features)))))
        return features + changed if self.stride == 1 else changed


class AttentionBlock(nn.Module):
    """Linear attention over the whole map, then a separable block."""

    def __init__(self, width: int, *, expansion: int, kernel: int) -> None:
        super().__init__()
        self.context_module = LinearAttention(width, kernel=kernel)
        self.local_module = SeparableBlock(width, width, expansion=expansion)

    def forward(self, features: Tensor) -> Tensor:
        changed: Tensor = self.local_module(features + self.context_module(features))
        return changed


class LinearAttention(nn.Module):
    """Attention with ReLU in the place of softmax, so that its cost is linear in the pixels.

    Half of the heads see queries, keys and values of single pixels, half those gathered from kernel x kernel.
    """

    def __init__(self, width: int, *, kernel: int) -> None:
        super().__init__()
        heads = width // HEAD_WIDTH
        self.qkv = convolution(width, 3 * width, 1, bias=False)
        gather = convolution(3 * width, 3 * width, kernel, groups=3 * width, bias=False)
        mix = convolution(3 * width, 3 * width, 1, groups=3 * heads, bias=False)
        self.aggreg = nn.ModuleList([nn.Sequential(gather, mix)])
        self.proj = convolution(2 * width, width, 1)

    def forward(self, features: Tensor) -> Tensor:
        pixels = self.qkv(features)
        attended = self._attend(torch.cat([pixels, self.aggreg[0](pixels)], dim=1))
        mixed: Tensor = self.proj(attended.to(features.dtype))
        return mixed

    def _attend(self, qkv: Tensor) -> Tensor:
        """(B, 3 * heads * 32, H, W) -> (B, heads * 32, H, W)."""
        height, width = qkv.shape[-2:]
        # Sums over all pixels and their quotient: half precision is too short for them.
        with torch.autocast(qkv.device.type, enabled=False):
            heads = qkv.float().flatten(2).unflatten(1, (-1, 3 * HEAD_WIDTH))
            queries, keys, values = heads.chunk(3, dim=2)  # (B, heads, 32, H * W) each
            queries, keys = F.relu(queries), F.relu(keys)
            weighted = (values @ keys.transpose(2, 3)) @ queries
            total = keys.sum(dim=3, keepdim=True).transpose(2, 3) @ queries
            return (weighted / (total + 1e-15)).flatten(1, 2).unflatten(2, (height, width))
