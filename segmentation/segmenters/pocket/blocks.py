"""Convolution blocks of the pocket network."""

from __future__ import annotations

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


class GlobalMean(nn.Module):
    """Adds to every pixel a function of the image's mean: the cheapest global context."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.mix = nn.Sequential(
            nn.Linear(channels, channels // 2), nn.ReLU(), nn.Linear(channels // 2, channels)
        )

    def forward(self, x: Tensor) -> Tensor:
        return x + self.mix(x.mean((2, 3)))[:, :, None, None]


def upsample(x: Tensor) -> Tensor:
    """Bilinear, twice as large, pixel centres at half integers."""
    return functional.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)
