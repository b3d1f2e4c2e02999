"""SAM-HQ's finer mask: two 3x3 convolutions over the upscaled image tokens, then a product with one token."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import conv2d

from onnx_export.sam_decoder.operators import GELU_IN, GELU_OUT, Constants, rms_norm, scaled_gelu, top_left
from onnx_export.sam_decoder.upscaling import TOKEN_LOGITS

TAPS = 9  # of a 3x3 convolution


class FinerMask(Constants):
    """The second convolution is linear up to the product: 9 maps, then shifted and added, instead of 32."""

    def __init__(self, mask_decoder: nn.Module) -> None:
        super().__init__()
        first, norm, second = mask_decoder.mask_conv1, mask_decoder.mask_norm, mask_decoder.mask_conv2
        self.epsilon = norm.eps
        self.channels = first.out_channels
        self.keep(
            # Centred over the output channels for the norm after it.
            weight1=(first.weight - first.weight.mean(0, keepdim=True)) / GELU_OUT,
            bias1=first.bias - first.bias.mean(),
            gain=norm.weight * GELU_IN,
            shift=norm.bias * GELU_IN,
            weight2=second.weight.reshape(second.out_channels, -1) / GELU_OUT,
            bias2=second.bias[:, None],
            shifts=torch.eye(TAPS).reshape(1, TAPS, 3, 3),
        )

    def forward(self, values: Tensor, hypernetwork: Tensor, features: Tensor, ends: Tensor | None) -> Tensor:
        """(h, w, 16, c) of `Upscaling`, (1, c), (1, c, H, W) -> (1, 1, 4 h, 4 w); `ends` is h, w or more."""
        height, width = values.shape[0], values.shape[1]
        side_h, side_w = height * TOKEN_LOGITS, width * TOKEN_LOGITS
        blocks = values.reshape(height, width, 2, 2, 2, 2, -1).permute(6, 0, 2, 4, 1, 3, 5)
        picture = conv2d(blocks.reshape(1, -1, side_h, side_w), self.weight1, self.bias1, padding=1)
        rows = picture.reshape(self.channels, -1).t()
        rows = scaled_gelu(rms_norm(rows, self.gain, self.epsilon) + self.shift)
        taps = (hypernetwork @ self.weight2).reshape(self.channels, TAPS)
        maps = (taps.t() @ rows.t()).reshape(1, TAPS, side_h, side_w)
        finer = conv2d(maps, self.shifts, padding=1) + hypernetwork @ self.bias2
        if ends is not None:
            features = top_left(features, ends * TOKEN_LOGITS, first_axis=2)
        return finer + (hypernetwork @ features.reshape(features.shape[1], -1)).reshape(finer.shape)
