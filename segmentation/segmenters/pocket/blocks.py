"""Convolution blocks of the pocket network."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


class ConvNorm(nn.Module):
    """Convolution without bias, batch norm, and a ReLU unless `relu` is false.

    With `starts_at_zero` its first output is zero, so that a residual block begins as the identity.
    """

    def __init__(
        self,
        inputs: int,
        outputs: int,
        kernel: int = 3,
        *,
        stride: int = 1,
        groups: int = 1,
        relu: bool = True,
        starts_at_zero: bool = False,
    ) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)
        norm = nn.BatchNorm2d(outputs)
        if starts_at_zero:
            nn.init.zeros_(norm.weight)
        self.norm: nn.Module = norm
        self.relu = relu

    def forward(self, x: Tensor) -> Tensor:
        x = self.norm(self.conv(x))
        return functional.relu(x) if self.relu else x


class ResidualBlock(nn.Module):
    """Two dense 3x3 convolutions: on CPUs faster than a depthwise block of equal quality."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = ConvNorm(channels, channels)
        self.second = ConvNorm(channels, channels, relu=False, starts_at_zero=True)

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(x + self.second(self.first(x)))


class DepthwiseBlock(nn.Module):
    """Large depthwise kernel, then a pointwise bottleneck turned inside out (ConvNeXt, with BN)."""

    def __init__(self, channels: int, kernel: int, expansion: int = 2) -> None:
        super().__init__()
        self.spatial = ConvNorm(channels, channels, kernel, groups=channels, relu=False)
        self.expand = nn.Conv2d(channels, channels * expansion, 1)
        self.project = ConvNorm(channels * expansion, channels, 1, relu=False, starts_at_zero=True)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.project(functional.relu(self.expand(self.spatial(x))))


class FarContext(nn.Module):
    """Blocks with a large kernel at half the resolution, added to what comes in; begins as the identity."""

    def __init__(self, channels: int, blocks: int) -> None:
        super().__init__()
        self.blocks = nn.Sequential(*[DepthwiseBlock(channels, 7) for _ in range(blocks)])
        self.project = ConvNorm(channels, channels, 1, relu=False, starts_at_zero=True)

    def forward(self, x: Tensor) -> Tensor:
        return x + upsample(self.project(self.blocks(functional.avg_pool2d(x, 2))))


class GlobalMean(nn.Module):
    """Adds to every pixel a function of the image's mean: the cheapest global context."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.mix = nn.Sequential(
            nn.Linear(channels, channels // 2), nn.ReLU(), nn.Linear(channels // 2, channels)
        )

    def forward(self, x: Tensor) -> Tensor:
        return x + self.mix(x.mean((2, 3)))[:, :, None, None]


class AttentionBlock(nn.Module):
    """Self-attention over all cells, then a pointwise MLP (pre-norm transformer); begins as the identity.

    Where a cell lies comes from a depthwise convolution (CPVT, Chu et al. 2021), which takes any size.
    """

    def __init__(self, channels: int, heads: int, expansion: int = 2) -> None:
        super().__init__()
        self.heads = heads
        self.position = nn.Conv2d(channels, channels, 3, padding=1, groups=channels)
        self.attention_norm = nn.LayerNorm(channels)
        self.to_qkv = nn.Linear(channels, 3 * channels)
        self.project = nn.Linear(channels, channels)
        self.mlp_norm = nn.LayerNorm(channels)
        self.expand = nn.Linear(channels, channels * expansion)
        self.contract = nn.Linear(channels * expansion, channels)
        for last in (self.position, self.project, self.contract):
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.position(x)
        tokens = x.flatten(2).transpose(1, 2)  # (B, h*w, channels)
        tokens = tokens + self.project(self._attended(self.attention_norm(tokens)))
        tokens = tokens + self.contract(functional.relu(self.expand(self.mlp_norm(tokens))))
        return tokens.transpose(1, 2).reshape(x.shape)

    def _attended(self, tokens: Tensor) -> Tensor:
        query, key, value = self.to_qkv(tokens).unflatten(2, (3, self.heads, -1)).permute(2, 0, 3, 1, 4)
        scores = torch.matmul(query * query.shape[-1] ** -0.5, key.transpose(2, 3))
        return torch.matmul(scores.softmax(3), value).transpose(1, 2).flatten(2)


def upsample(x: Tensor) -> Tensor:
    """Bilinear, twice as large, pixel centres at half integers."""
    return functional.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)
