"""A network's encoder for one device and precision: layers that are known are exchanged for quick ones."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn

from segmentation.segmenters.torch_runtime.hiera import QuickHieraBlock
from segmentation.segmenters.torch_runtime.vit import QuickVitLayer


def quickened(encoder: nn.Module, *, device: torch.device, dtype: torch.dtype) -> nn.Module:
    """The encoder on the device, its known layers exchanged in place.

    A layer is known by the name of its class, so that no network's package is imported for this.
    """
    encoder = encoder.to(device).eval().requires_grad_(requires_grad=False)
    for module in list(encoder.modules()):
        for name, child in list(module.named_children()):
            if exchange := _EXCHANGES.get(type(child).__name__):
                setattr(module, name, exchange(child, dtype))
    return encoder


def is_quick(encoder: nn.Module) -> bool:
    """Whether layers were exchanged: they do nearly all of the work in `dtype` themselves.

    What is left, the first and the last convolutions, then stays in float32: it costs little, and maps that
    go straight into the mask would show its rounding.
    """
    return any(isinstance(module, QuickVitLayer | QuickHieraBlock) for module in encoder.modules())


def _vit_layer(layer: nn.Module, dtype: torch.dtype) -> nn.Module:
    if not layer.attn.use_rel_pos:  # EfficientSAM: transformers' own layer is plain fused attention already
        return layer
    return QuickVitLayer(layer, dtype, grid_side=(len(layer.attn.rel_pos_h) + 1) // 2)


def _hiera_block(block: nn.Module, dtype: torch.dtype) -> nn.Module:
    """The first stage, a twelfth of the work, makes the finest map, which goes straight into the mask."""
    is_first_stage = block.dim_out == block.attn.config.embed_dim_per_stage[0]
    return QuickHieraBlock(block, torch.float32 if is_first_stage else dtype)


_EXCHANGES: dict[str, Callable[[nn.Module, torch.dtype], nn.Module]] = {
    "SamVisionLayer": _vit_layer,
    "SamHQVisionLayer": _vit_layer,
    "Sam2MultiScaleBlock": _hiera_block,
}
