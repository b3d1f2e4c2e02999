"""EfficientViT-SAM's image encoder (Zhang et al., 2024, arXiv 2402.05008).

Written by hand: timm has the backbone, but needs torchvision, and nobody has the neck. Submodules are named
as in the published checkpoints without their wrappers ("op_list", "main", "conv"); batch norms are folded.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn
from transformers.models.sam.modeling_sam import SamLayerNorm

from segmentation.segmenters.efficientvit_sam.blocks import (
    AttentionBlock,
    FusedBlock,
    ResidualBlock,
    SeparableBlock,
    convolution,
    gelu,
)
from segmentation.segmenters.efficientvit_sam.shapes import EncoderShape, StageShape

EMBEDDING_WIDTH = 256
EMBEDDING_SIDE = 64
SCALES = 3  # the neck joins the last three stages


class EfficientViT(nn.Module):
    """pixels (B, 3, image_side, image_side) -> `image_embedding` (B, 256, 64, 64)."""

    def __init__(self, shape: EncoderShape) -> None:
        super().__init__()
        self.backbone = Backbone(shape)
        self.neck = Neck(shape)
        self.norm = SamLayerNorm(EMBEDDING_WIDTH, eps=1e-6, data_format="channels_first")

    def forward(self, pixels: Tensor) -> tuple[Tensor]:
        return (self.norm(self.neck(self.backbone(pixels))),)


class Backbone(nn.Module):
    """pixels -> the maps of the last three stages, coarsest first."""

    def __init__(self, shape: EncoderShape) -> None:
        super().__init__()
        stem, *others = shape.stages
        self.stages = nn.ModuleList([Stem(stem)])
        width = stem.width
        for stage in others:
            self.stages.append(_stage(width, stage, kernel=shape.attention_kernel))
            width = stage.width

    def forward(self, pixels: Tensor) -> list[Tensor]:
        maps, features = [], pixels
        for stage in self.stages:
            features = stage(features)
            maps.append(features)
        return maps[: -SCALES - 1 : -1]


class Stem(nn.Sequential):
    """The first stage: a convolution at half resolution, then residual blocks."""

    def __init__(self, shape: StageShape) -> None:
        blocks = [
            ResidualBlock(shape.width, shape.width, expansion=shape.expansion) for _ in range(shape.depth)
        ]
        super().__init__(convolution(3, shape.width, stride=2), *blocks)

    def forward(self, pixels: Tensor) -> Tensor:
        first, *blocks = self
        features = gelu(first(pixels))
        for block in blocks:
            features = block(features)
        return features


def _stage(width: int, shape: StageShape, *, kernel: int) -> nn.Sequential:
    halving = FusedBlock if shape.blocks == "fused" else SeparableBlock
    blocks: list[nn.Module] = [halving(width, shape.width, expansion=4 * shape.expansion, stride=2)]
    for _ in range(shape.depth):
        if shape.blocks == "attention":
            blocks.append(AttentionBlock(shape.width, expansion=shape.expansion, kernel=kernel))
        else:
            blocks.append(halving(shape.width, shape.width, expansion=shape.expansion))
    return nn.Sequential(*blocks)


class Neck(nn.Module):
    """Three maps, coarsest first, brought to 64 x 64 and summed -> (B, 256, 64, 64)."""

    def __init__(self, shape: EncoderShape) -> None:
        super().__init__()
        coarsest_first = shape.stages[: -SCALES - 1 : -1]
        self.input_ops = nn.ModuleList(
            nn.Sequential(convolution(stage.width, EMBEDDING_WIDTH, 1)) for stage in coarsest_first
        )
        self.middle = nn.Sequential(
            *(
                FusedBlock(EMBEDDING_WIDTH, EMBEDDING_WIDTH, expansion=shape.neck_expansion)
                for _ in range(shape.neck_depth)
            )
        )
        self.output_ops = nn.ModuleList([nn.Sequential(convolution(EMBEDDING_WIDTH, EMBEDDING_WIDTH, 1))])
        last_side = shape.image_side >> len(shape.stages)
        for index in range(SCALES):
            self.register_buffer(f"enlarge_{index}", _bicubic_rows(last_side << index), persistent=False)

    def forward(self, maps: list[Tensor]) -> Tensor:
        summed = sum(
            _enlarged(project(features), getattr(self, f"enlarge_{index}"))
            for index, (project, features) in enumerate(zip(self.input_ops, maps, strict=True))
        )
        embedding: Tensor = self.output_ops[0](self.middle(summed))
        return embedding


def _bicubic_rows(side: int) -> Tensor:
    """(64, side): each row of the enlarged map as a sum of rows of the small one (half-pixel centres)."""
    # A constant, also where the network is built without memory for its weights.
    one_hot = torch.eye(side, device="cpu")[None, None]
    return F.interpolate(one_hot, size=(EMBEDDING_SIDE, side), mode="bicubic")[0, 0]


def _enlarged(features: Tensor, rows: Tensor) -> Tensor:
    """Two products with small matrices: bicubic, and as fast in every runtime as its matrix product."""
    rows = rows.to(features.dtype)
    return features if features.shape[-1] == EMBEDDING_SIDE else rows @ features @ rows.transpose(0, 1)
