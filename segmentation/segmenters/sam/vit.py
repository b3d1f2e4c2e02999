"""SAM's image encoder: its sizes as a checkpoint's shapes tell them, and the module."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import Tensor, nn

from segmentation.segmenters.errors import CheckpointRefused

# The plain ViTs of the paper by width: ViT-B, ViT-L and ViT-H (He et al., "Masked autoencoders", 2022).
VARIANTS = {768: "vit_b", 1024: "vit_l", 1280: "vit_h"}

_LAYER = re.compile(r"^vision_encoder\.layers\.(\d+)\.attn\.rel_pos_h$")


@dataclass(frozen=True)
class VitSizes:
    """A plain ViT with windows: what transformers' vision configurations ask for."""

    variant: str
    width: int
    depth: int
    heads: int
    window: int  # cells
    cells: int  # on a side of the grid: image side / patch side
    patch: int  # pixels
    mlp: int
    global_layers: tuple[int, ...]  # those that attend to the whole image

    @property
    def image_side(self) -> int:
        return self.cells * self.patch

    def config(self) -> dict[str, Any]:
        """Arguments of `SamVisionConfig` and of `SamHQVisionConfig`."""
        return {
            "hidden_size": self.width,
            "num_hidden_layers": self.depth,
            "num_attention_heads": self.heads,
            "image_size": self.image_side,
            "patch_size": self.patch,
            "window_size": self.window,
            "global_attn_indexes": list(self.global_layers),
            "mlp_dim": self.mlp,
        }


def vit_sizes(weights: Mapping[str, Tensor], path: Path) -> VitSizes:
    """Sizes of the encoder with these weights (transformers' names). Raises CheckpointRefused.

    Every attention has a table of relative positions, (2 n - 1, width of a head), where n is the window or,
    in layers that attend to the whole image, the grid: so shapes tell heads, windows and global layers.
    """
    tables = {int(match[1]): tensor for name, tensor in weights.items() if (match := _LAYER.match(name))}
    try:
        _, cells, _, width = weights["vision_encoder.pos_embed"].shape
        patch = weights["vision_encoder.patch_embed.projection.weight"].shape[-1]
        mlp = weights["vision_encoder.layers.0.mlp.lin1.bias"].shape[0]
        head_widths = {table.shape[1] for table in tables.values()}
        sides = {layer: (table.shape[0] + 1) // 2 for layer, table in tables.items()}
        windows = {side for side in sides.values() if side != cells}
        variant = VARIANTS[width]
        (head_width,) = head_widths
        (window,) = windows
    except (KeyError, ValueError, IndexError) as error:
        raise CheckpointRefused(
            f"{path.name} has an image encoder of other sizes than SAM's ViT-B, ViT-L and ViT-H. "
            "Is it complete, and a checkpoint that its authors published?"
        ) from error
    return VitSizes(
        variant=variant,
        width=width,
        depth=len(tables),
        heads=width // head_width,
        window=window,
        cells=cells,
        patch=patch,
        mlp=mlp,
        global_layers=tuple(sorted(layer for layer, side in sides.items() if side == cells)),
    )


class VitEncoder(nn.Module):
    """transformers' `SamVisionEncoder` as `PromptableNetwork.encoder`: answers a tensor, not an object."""

    def __init__(self, vision_encoder: nn.Module) -> None:
        super().__init__()
        self.vision_encoder = vision_encoder

    def forward(self, pixels: Tensor) -> tuple[Tensor]:
        """`image_embedding` (B, 256, cells, cells) of pixels (B, 3, side, side)."""
        return (self.vision_encoder(pixels).last_hidden_state,)
