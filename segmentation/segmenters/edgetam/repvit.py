"""RepViT-M1 (Wang et al., "RepViT: Revisiting Mobile CNN From ViT Perspective", 2024), for inference.

Written by hand because transformers takes it from timm, and timm needs torchvision, which this project does
without. Modules are named as in timm's `repvit_m1` with `features_only`, with every batch norm folded into
its convolution and the three branches of a token mixer (3x3, 1x1, identity; all depthwise) into one.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from segmentation.segmenters.batch_norms import fold_batch_norms

WIDTHS = (48, 96, 192, 384)
DEPTHS = (2, 2, 14, 2)
EXPANSION = 2
BATCH_NORM_EPS = 1e-5


class RepVit(nn.Module):
    """(B, 3, H, W) -> four maps (B, C, h, w) at strides 4, 8, 16 and 32."""

    def __init__(self, widths: tuple[int, ...] = WIDTHS, depths: tuple[int, ...] = DEPTHS) -> None:
        super().__init__()
        self.stem = Stem(widths[0])
        self.stages = len(widths)
        before = (None, *widths)
        for index, (width, depth) in enumerate(zip(widths, depths, strict=True)):
            setattr(self, f"stages_{index}", Stage(before[index], width, depth))

    def forward(self, pixels: Tensor) -> list[Tensor]:
        x = self.stem(pixels)
        maps = []
        for index in range(self.stages):
            x = getattr(self, f"stages_{index}")(x)
            maps.append(x)
        return maps


class Stem(nn.Module):
    """Two strided convolutions: a quarter of the size."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, width // 2, 3, stride=2, padding=1)
        self.conv2 = nn.Conv2d(width // 2, width, 3, stride=2, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv2(functional.gelu(self.conv1(x)))


class Stage(nn.Module):
    """Blocks of one width; every second one, from the first, has a squeeze and excitation."""

    def __init__(self, before: int | None, width: int, depth: int) -> None:
        super().__init__()
        self.downsample = nn.Identity() if before is None else Downsample(before, width)
        self.blocks = nn.Sequential(*(Block(width, excites=index % 2 == 0) for index in range(depth)))

    def forward(self, x: Tensor) -> Tensor:
        return self.blocks(self.downsample(x))


class Block(nn.Module):
    """Mixes neighbours, then channels."""

    def __init__(self, width: int, *, excites: bool) -> None:
        super().__init__()
        self.token_mixer = nn.Conv2d(width, width, 3, padding=1, groups=width)
        self.se = SqueezeExcite(width) if excites else nn.Identity()
        self.channel_mixer = ChannelMixer(width)

    def forward(self, x: Tensor) -> Tensor:
        x = self.se(self.token_mixer(x))
        return x + self.channel_mixer(x)


class Downsample(nn.Module):
    """From one stage to the next, at half the size."""

    def __init__(self, before: int, width: int) -> None:
        super().__init__()
        self.pre_block = Block(before, excites=False)
        self.spatial_downsample = nn.Conv2d(before, before, 3, stride=2, padding=1, groups=before)
        self.channel_downsample = nn.Conv2d(before, width, 1)
        self.ffn = ChannelMixer(width)

    def forward(self, x: Tensor) -> Tensor:
        x = self.channel_downsample(self.spatial_downsample(self.pre_block(x)))
        return x + self.ffn(x)


class ChannelMixer(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(width, EXPANSION * width, 1)
        self.conv2 = nn.Conv2d(EXPANSION * width, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv2(functional.gelu(self.conv1(x)))


class SqueezeExcite(nn.Module):
    """Scales channels by what the whole map holds (Hu et al. 2018)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        squeezed = max(8, (width // 4 + 4) // 8 * 8)  # a quarter, to the nearest multiple of 8
        self.fc1 = nn.Conv2d(width, squeezed, 1)
        self.fc2 = nn.Conv2d(squeezed, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        mean = x.mean((2, 3), keepdim=True)
        return x * torch.sigmoid(self.fc2(functional.relu(self.fc1(mean))))


def folded_weights(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Published tensors (`….c.weight`, `….bn.*`) -> those of `RepVit`; other names stay as they are."""
    folded = fold_batch_norms(tensors, convolution="c", norm="bn", eps=BATCH_NORM_EPS)
    for name in [name for name in folded if name.endswith(".token_mixer.conv.weight")]:
        mixer = name.removesuffix(".conv.weight")
        spatial, pointwise = folded.pop(name), folded.pop(f"{mixer}.conv1.weight")
        weight = spatial.clone()
        weight[:, :, 1, 1] += pointwise[:, :, 0, 0] + 1  # the identity is a kernel with a one in its middle
        folded[f"{mixer}.weight"] = weight
        folded[f"{mixer}.bias"] = folded.pop(f"{mixer}.conv.bias") + folded.pop(f"{mixer}.conv1.bias")
    return folded
