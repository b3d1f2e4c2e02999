"""Image encoder of the pocket network: a small residual network with a feature pyramid."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from segmentation.segmenters.pocket.blocks import (
    AttentionBlock,
    ConvNorm,
    GlobalMean,
    ResidualBlock,
    upsample,
)
from segmentation.segmenters.pocket.config import PIXEL_MEAN, PIXEL_STD, PocketConfig


class ImageFeatures(NamedTuple):
    """What the decoder needs of an image; H, W are the input size, multiples of 32."""

    image_embedding: Tensor  # (B, 64, H/8, W/8)
    fine_embedding: Tensor  # (B, 16, H/4, W/4)
    colour: Tensor  # (B, 3, H/4, W/4) brightness and two opponent colours


class Encoder(nn.Module):
    def __init__(self, config: PocketConfig) -> None:
        super().__init__()
        c4, c8, c16, c32 = config.channels
        width = config.pyramid_channels
        self.stem = nn.Sequential(nn.PixelUnshuffle(2), ConvNorm(12, c4, stride=2))
        self.stage4 = _blocks(c4, config.blocks[0])
        self.stage8 = _halving(c4, c8, config.blocks[1])
        self.stage16 = _halving(c8, c16, config.blocks[2])
        self.stage32 = _halving(c16, c32, config.blocks[3])
        self.context = GlobalMean(c32)
        self.attention = nn.Sequential(
            *[AttentionBlock(c32, config.attention_heads) for _ in range(config.attention_blocks)]
        )
        self.lateral8 = ConvNorm(c8, width, 1)
        self.lateral16 = ConvNorm(c16, width, 1)
        self.lateral32 = ConvNorm(c32, width, 1)
        self.merge16 = ConvNorm(width, width)
        self.merge8 = ConvNorm(width, width)
        self.to_embedding = nn.Conv2d(width, config.embedding_channels, 1)
        self.lateral4 = ConvNorm(c4, config.lateral_channels, 1)
        self.down_channels = nn.Conv2d(width, config.lateral_channels, 1)
        self.merge4 = ConvNorm(config.lateral_channels, config.lateral_channels)
        self.to_fine = nn.Conv2d(config.lateral_channels, config.fine_channels, 1)

    def forward(self, rgb: Tensor) -> ImageFeatures:
        """`rgb` (B, 3, H, W) in 0..1, H and W multiples of 32."""
        x4 = self.stage4(self.stem(normalised(rgb)))
        x8 = self.stage8(x4)
        x16 = self.stage16(x8)
        x32 = self.attention(self.context(self.stage32(x16)))
        p16 = self.merge16(self.lateral16(x16) + upsample(self.lateral32(x32)))
        p8 = self.merge8(self.lateral8(x8) + upsample(p16))
        p4 = self.merge4(self.lateral4(x4) + upsample(self.down_channels(p8)))
        return ImageFeatures(self.to_embedding(p8), self.to_fine(p4), opponent_colour(rgb))


def normalised(rgb: Tensor) -> Tensor:
    mean = torch.tensor(PIXEL_MEAN, device=rgb.device)[:, None, None]
    std = torch.tensor(PIXEL_STD, device=rgb.device)[:, None, None]
    x = (rgb - mean) / std
    return x if torch.onnx.is_in_onnx_export() else x.contiguous(memory_format=torch.channels_last)


def opponent_colour(rgb: Tensor) -> Tensor:
    """Mean colour of 4x4 pixels, in axes where distance is roughly perceived difference."""
    red, green, blue = functional.avg_pool2d(rgb, 4).split(1, dim=1)
    return torch.cat([(red + green + blue) / 1.732, (red - green) * 2, red + green - 2 * blue], dim=1)


def _halving(inputs: int, outputs: int, blocks: int) -> nn.Sequential:
    """A stage at half the resolution of the one before."""
    return nn.Sequential(ConvNorm(inputs, outputs, stride=2), *_blocks(outputs, blocks))


def _blocks(channels: int, count: int) -> nn.Sequential:
    return nn.Sequential(*[ResidualBlock(channels) for _ in range(count)])
