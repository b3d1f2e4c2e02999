"""Batch norms folded into the convolutions before them: the same function with fewer operations."""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from segmentation.segmenters.pocket.blocks import ConvNorm
from segmentation.segmenters.pocket.decoder import Decoder
from segmentation.segmenters.pocket.network import PocketNetwork


def folded(network: PocketNetwork) -> PocketNetwork:
    """A copy in evaluation mode without batch norms, equal up to rounding."""
    copied: PocketNetwork = copy.deepcopy(network)
    copied.eval()
    for module in copied.modules():
        if isinstance(module, ConvNorm):
            module.conv = fuse_conv_bn_eval(module.conv, module.norm)
            module.norm = nn.Identity()
    _fold_decoder(copied.decoder)
    return copied


@torch.no_grad()
def _fold_decoder(decoder: Decoder) -> None:
    """The two norms after sums of convolutions: scale all, shift the image's part."""
    scale, shift = _scale_and_shift(decoder.prompt_norm)
    _scale_weights(decoder.prompt_in, scale)
    _scale_weights(decoder.image_skip, scale, shift)
    decoder.prompt_norm = nn.Identity()
    scale, shift = _scale_and_shift(decoder.fine_norm)
    _scale_weights(decoder.fine_prompt_in, scale)
    _scale_weights(decoder.to_fine, scale)
    _scale_weights(decoder.fine_skip, scale, shift)
    decoder.fine_norm = nn.Identity()


def _scale_and_shift(norm: nn.Module) -> tuple[Tensor, Tensor]:
    if not isinstance(norm, nn.BatchNorm2d) or norm.running_mean is None or norm.running_var is None:
        raise TypeError("Only batch norms with running statistics can be folded.")
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return scale, norm.bias - norm.running_mean * scale


def _scale_weights(conv: nn.Conv2d, scale: Tensor, shift: Tensor | None = None) -> None:
    conv.weight.mul_(scale[:, None, None, None])
    if conv.bias is not None:
        conv.bias.mul_(scale)
        if shift is not None:
            conv.bias.add_(shift)
