"""The five published sizes of EfficientViT-SAM's image encoder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["residual", "fused", "separable", "attention"]


@dataclass(frozen=True)
class StageShape:
    """One stage of the backbone: halves height and width, then `depth` blocks that keep the shape."""

    width: int
    depth: int
    blocks: BlockKind
    expansion: int  # of the inner width of the blocks; four times as much where the stage halves the map


@dataclass(frozen=True)
class EncoderShape:
    image_side: int  # side of the picture that the encoder sees
    stages: tuple[StageShape, ...]
    attention_kernel: int  # side of the neighbourhood that the attention's second scale gathers
    neck_depth: int
    neck_expansion: int


def _large(*depths: int, neck_depth: int) -> EncoderShape:
    kinds: tuple[BlockKind, ...] = ("residual", "fused", "fused", "separable", "attention")
    stages = zip((32, 64, 128, 256, 512), depths, kinds, (1, 4, 4, 4, 6), strict=True)
    return EncoderShape(
        image_side=512,
        stages=tuple(StageShape(*stage) for stage in stages),
        attention_kernel=5,
        neck_depth=neck_depth,
        neck_expansion=1,
    )


def _extra_large(*depths: int, neck_depth: int) -> EncoderShape:
    kinds: tuple[BlockKind, ...] = ("residual", "fused", "fused", "fused", "attention", "attention")
    stages = zip((32, 64, 128, 256, 512, 1024), depths, kinds, (1, 4, 4, 4, 4, 6), strict=True)
    return EncoderShape(
        image_side=1024,
        stages=tuple(StageShape(*stage) for stage in stages),
        attention_kernel=3,
        neck_depth=neck_depth,
        neck_expansion=4,
    )


VARIANTS = {
    "l0": _large(1, 1, 1, 4, 4, neck_depth=4),
    "l1": _large(1, 1, 1, 6, 6, neck_depth=8),
    "l2": _large(1, 2, 2, 8, 8, neck_depth=12),
    "xl0": _extra_large(0, 1, 1, 2, 3, 3, neck_depth=6),
    "xl1": _extra_large(1, 2, 2, 4, 6, 6, neck_depth=12),
}

_STAGE_BLOCK = re.compile(r"image_encoder\.backbone\.stages\.(\d+)\.op_list\.(\d+)\.")
_NECK_BLOCK = re.compile(r"image_encoder\.neck\.middle\.op_list\.(\d+)\.")


def find_variant(names: Iterable[str]) -> str | None:
    """Name of the size whose depths a checkpoint with these tensor names has, None if no one's."""
    last_blocks: dict[int, int] = {}
    neck_depth = 0
    for name in names:
        if found := _STAGE_BLOCK.match(name):
            stage, block = int(found[1]), int(found[2])
            last_blocks[stage] = max(last_blocks.get(stage, 0), block)
        elif found := _NECK_BLOCK.match(name):
            neck_depth = max(neck_depth, int(found[1]) + 1)
    depths = [last_blocks[stage] for stage in sorted(last_blocks)]
    for variant, shape in VARIANTS.items():
        if shape.neck_depth == neck_depth and [stage.depth for stage in shape.stages] == depths:
            return variant
    return None
