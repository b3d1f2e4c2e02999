"""TinyViT-5M (Wu et al., 2022, arXiv 2207.10666) for MobileSAM (Zhang et al., 2023, arXiv 2306.14289).

Written by hand: timm has the network, but needs torchvision. Submodules are named as in `mobile_sam.pt`, with
every batch norm folded into its convolution.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn
from transformers import SamVisionConfig
from transformers.models.sam.modeling_sam import SamVisionNeck

IMAGE_SIDE = 1024
EXPANSION = 4  # of the inner width of convolution blocks and MLPs


@dataclass(frozen=True)
class StageShape:
    """One stage after the convolutional first one."""

    width: int
    depth: int
    heads: int
    window: int  # side of the attention windows
    side: int  # of the feature map


FIRST_WIDTH, FIRST_DEPTH = 64, 2
STAGES = (
    StageShape(width=128, depth=2, heads=4, window=7, side=128),
    StageShape(width=160, depth=6, heads=5, window=14, side=64),
    StageShape(
        width=320, depth=2, heads=10, window=7, side=64
    ),  # not downsampled: SAM's embedding is 64 x 64
)


class TinyViT(nn.Module):
    """pixels (B, 3, 1024, 1024) -> `image_embedding` (B, 256, 64, 64)."""

    def __init__(self) -> None:
        super().__init__()
        self.patch_embed = PatchEmbedding(FIRST_WIDTH)
        first = Stage([ConvolutionBlock(FIRST_WIDTH) for _ in range(FIRST_DEPTH)])
        first.downsample = Downsample(FIRST_WIDTH, STAGES[0].width, stride=2)
        self.layers = nn.ModuleList([first])
        for shape, following in zip(STAGES, (*STAGES[1:], None), strict=True):
            stage = Stage([TransformerBlock(shape) for _ in range(shape.depth)])
            if following is not None:
                stride = shape.side // following.side
                stage.downsample = Downsample(shape.width, following.width, stride=stride)
            self.layers.append(stage)
        self.neck = SamVisionNeck(SamVisionConfig(hidden_size=STAGES[-1].width))

    def forward(self, pixels: Tensor) -> tuple[Tensor]:
        features = self.patch_embed(pixels)
        for stage in self.layers:
            features = stage(features)
        return (self.neck(features.permute(0, 2, 3, 1)),)


class PatchEmbedding(nn.Module):
    """pixels (B, 3, H, W) -> features (B, width, H/4, W/4)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.seq = nn.Sequential(
            nn.Conv2d(3, width // 2, 3, stride=2, padding=1),
            nn.GELU(),
            nn.Conv2d(width // 2, width, 3, stride=2, padding=1),
        )

    def forward(self, pixels: Tensor) -> Tensor:
        features: Tensor = self.seq(pixels)
        return features


class Stage(nn.Module):
    """Blocks at one resolution, then the way to the next one, if any; channels first."""

    def __init__(self, blocks: list[nn.Module]) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(blocks)
        self.downsample: nn.Module | None = None

    def forward(self, features: Tensor) -> Tensor:
        for block in self.blocks:
            features = block(features)
        return features if self.downsample is None else self.downsample(features)


class ConvolutionBlock(nn.Module):
    """Inverted bottleneck with a depthwise convolution; channels first, the shape stays."""

    def __init__(self, width: int) -> None:
        super().__init__()
        inner = width * EXPANSION
        self.conv1 = nn.Conv2d(width, inner, 1)
        self.conv2 = nn.Conv2d(inner, inner, 3, padding=1, groups=inner)
        self.conv3 = nn.Conv2d(inner, width, 1)

    def forward(self, features: Tensor) -> Tensor:
        inner = F.gelu(self.conv2(F.gelu(self.conv1(features))))
        return F.gelu(features + self.conv3(inner))


class Downsample(nn.Module):
    """(B, width, H, W) -> (B, next width, H/stride, W/stride)."""

    def __init__(self, width: int, next_width: int, *, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(width, next_width, 1)
        self.conv2 = nn.Conv2d(next_width, next_width, 3, stride=stride, padding=1, groups=next_width)
        self.conv3 = nn.Conv2d(next_width, next_width, 1)

    def forward(self, features: Tensor) -> Tensor:
        reduced: Tensor = self.conv3(F.gelu(self.conv2(F.gelu(self.conv1(features)))))
        return reduced


class TransformerBlock(nn.Module):
    """Attention in windows, a depthwise convolution, an MLP; channels first, the shape stays."""

    def __init__(self, shape: StageShape) -> None:
        super().__init__()
        self.shape = shape
        self.attn = WindowAttention(shape)
        self.local_conv = nn.Conv2d(shape.width, shape.width, 3, padding=1, groups=shape.width)
        self.mlp = Mlp(shape.width)

    def forward(self, features: Tensor) -> Tensor:
        features = features + self.attn(features.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        rows = self.local_conv(features).permute(0, 2, 3, 1)
        return (rows + self.mlp(rows)).permute(0, 3, 1, 2)


class WindowAttention(nn.Module):
    """Attention within windows with a learned bias for each distance; (B, side, side, width) stays.

    The map is padded with zeros to whole windows, and the padding takes part, as in the official code.
    """

    def __init__(self, shape: StageShape) -> None:
        super().__init__()
        self.heads, self.window, self.side = shape.heads, shape.window, shape.side
        self.windows = -(-shape.side // shape.window)  # in a row
        self.norm = nn.LayerNorm(shape.width)
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.proj = nn.Linear(shape.width, shape.width)
        self.attention_biases = nn.Parameter(torch.zeros(shape.heads, shape.window**2))
        self.register_buffer("distances", _distances(shape.window), persistent=False)

    def forward(self, rows: Tensor) -> Tensor:
        windows = self._split(self.norm(self._padded(rows)))
        heads = self.qkv(windows).unflatten(-1, (self.heads, -1)).transpose(1, 2)
        queries, keys, values = heads.chunk(3, dim=-1)  # (B * windows^2, heads, window^2, 32) each
        bias = self.attention_biases[:, self.distances]
        mixed = F.scaled_dot_product_attention(queries, keys, values, attn_mask=bias.to(queries.dtype))
        return self._joined(self.proj(mixed.transpose(1, 2).flatten(2)))

    def _padded(self, rows: Tensor) -> Tensor:
        missing = self.windows * self.window - self.side
        return F.pad(rows, (0, 0, 0, missing, 0, missing)) if missing else rows

    def _split(self, rows: Tensor) -> Tensor:
        """(B, padded side, padded side, width) -> (B * windows^2, window^2, width)."""
        n, w = self.windows, self.window
        return rows.reshape(-1, n, w, n, w, rows.shape[-1]).transpose(2, 3).reshape(-1, w * w, rows.shape[-1])

    def _joined(self, windows: Tensor) -> Tensor:
        """(B * windows^2, window^2, width) -> (B, side, side, width), without the padding."""
        n, w = self.windows, self.window
        width = windows.shape[-1]
        rows = windows.reshape(-1, n, n, w, w, width).transpose(2, 3).reshape(-1, n * w, n * w, width)
        return rows[:, : self.side, : self.side]


class Mlp(nn.Module):
    """A norm and two linear maps on rows (…, width); the shape stays."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, EXPANSION * width)
        self.fc2 = nn.Linear(EXPANSION * width, width)

    def forward(self, rows: Tensor) -> Tensor:
        mixed: Tensor = self.fc2(F.gelu(self.fc1(self.norm(rows))))
        return mixed


def _distances(window: int) -> Tensor:
    """Index of the bias of each pair of cells (window^2, window^2): rows apart x window + columns apart."""
    # Constants, also where the network is built without memory for its weights.
    cells = torch.cartesian_prod(*2 * [torch.arange(window, device="cpu")])
    apart = (cells[:, None] - cells[None]).abs()
    return apart[..., 0] * window + apart[..., 1]
