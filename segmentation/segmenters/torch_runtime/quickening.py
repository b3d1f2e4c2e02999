"""A network's encoder for one device and precision: layers that are known are exchanged for quick ones."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn

from segmentation.segmenters.torch_runtime.hiera import QuickHieraBlock
from segmentation.segmenters.torch_runtime.vit import QuickVitLayer


def quickened(encoder: nn.Module, *, device: torch.device, dtype: torch.dtype) -> nn.Module:
    """The encoder on the device, its known layers exchanged in place; the others run under autocast.

    A layer is known by the name of its class, so that no network's package is imported for this.
    """
    encoder = encoder.to(device).eval().requires_grad_(requires_grad=False)
    for module in list(encoder.modules()):
        for name, child in list(module.named_children()):
            if exchange := _EXCHANGES.get(type(child).__name__):
                setattr(module, name, exchange(child, dtype))
    return encoder


def _vit_layer(layer: nn.Module, dtype: torch.dtype) -> nn.Module:
    if not layer.attn.use_rel_pos:  # EfficientSAM: transformers' own layer is plain fused attention already
        return layer
    return QuickVitLayer(layer, dtype, grid_side=(len(layer.attn.rel_pos_h) + 1) // 2)


_EXCHANGES: dict[str, Callable[[nn.Module, torch.dtype], nn.Module]] = {
    "SamVisionLayer": _vit_layer,
    "SamHQVisionLayer": _vit_layer,
    "Sam2MultiScaleBlock": QuickHieraBlock,
}
