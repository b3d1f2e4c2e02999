"""Sizes of the pocket network. No torch here: the ONNX adapter and the exporter read it too."""

from __future__ import annotations

from dataclasses import dataclass

MULTIPLE = 32
EMBEDDING_STRIDE = 8
MASK_STRIDE = 4
LONGEST_SIDE = 448  # pixels of the input; the graphs take others, see docs/pocket.md for what they gain
# A closer look (ARCHITECTURE.md): prompts of so many points and more are answered from a part of the image
# whose sides are so many times the object's.
CLOSER_LOOK_FROM_POINT = 3
CLOSER_LOOK_MARGIN = 2.0
PIXEL_MEAN = (0.47, 0.45, 0.41)  # RGB in 0..1
PIXEL_STD = (0.27, 0.26, 0.28)


@dataclass(frozen=True)
class PocketConfig:
    channels: tuple[int, int, int, int] = (48, 96, 160, 256)  # at strides 4, 8, 16, 32
    blocks: tuple[int, int, int, int] = (1, 2, 4, 2)
    pyramid_channels: int = 96
    lateral_channels: int = 24  # of the finest pyramid level
    embedding_channels: int = 64  # at stride 8
    fine_channels: int = 16  # at stride 4
    heads: int = 4  # groups of embedding channels that are compared separately
    trunk_channels: int = 80  # decoder at stride 16
    middle_channels: int = 48  # decoder at stride 8
    head_channels: int = 24  # decoder at stride 4
    iou_hidden: int = 64
    candidates: int = 3
    attention_blocks: int = 0  # encoder, after stride 32: every cell sees the whole image
    attention_heads: int = 4
    coarse_blocks: int = 0  # decoder at stride 32: what the prompt means far away from it
    trunk_kernel: int = 7
    middle_kernel: int = 5
    fine_expansion: int = 2
    logits_kernel: int = 3
    scores_masks: bool = False  # predicted IoU also from what lies inside each candidate
