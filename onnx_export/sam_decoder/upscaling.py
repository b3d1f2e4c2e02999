"""From image tokens to logits: two transposed convolutions as products over rows, one shuffle at the end."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import pad

from onnx_export.sam_decoder.algebra import centred_blocks
from onnx_export.sam_decoder.attention import ImageState
from onnx_export.sam_decoder.operators import Constants, bias_gelu, rms_norm, top_left
from onnx_export.sam_decoder.prefill import sub_pixel_columns, upscale_columns
from onnx_export.sam_decoder.weights import DecoderWeights

TOKEN_LOGITS = 4  # logits along a side of an image token
# Of logits in the padding that was left out: surely not the object.
OUTSIDE = -10.0


class Upscaling(Constants):
    """One pixel of the low-res logits depends on one image token alone."""

    def __init__(self, weights: DecoderWeights) -> None:
        super().__init__()
        self.grid_hw = weights.grid_hw
        self.epsilon = weights.upscale_norm.eps
        constant = weights.blocks[1].image_norm.bias @ sub_pixel_columns(weights.upscale1.weight)
        constant = constant + weights.upscale1.bias.repeat(4)
        self.keep(
            columns=upscale_columns(weights).float(),
            constant=centred_blocks(constant.detach()[None], weights.upscale1.out_channels),
            gain=weights.upscale_norm.weight,
            shift=weights.upscale_norm.bias,
            weight2=sub_pixel_columns(weights.upscale2.weight),
            bias2=weights.upscale2.bias.repeat(4),
        )

    def forward(self, upscaled: Tensor, state: ImageState, valid_hw: Tensor | None) -> Tensor:
        """Prefilled (N, 4 c) and the last stage before its gain -> (h, w, 16, c / 2) of the valid image tokens.

        `valid_hw`: rows and columns of the logits that are asked for; None: all.
        """
        assert state.scale is not None
        rows = torch.cat([state.rows, state.scale, torch.ones_like(state.scale)])
        grid = rows.reshape(-1, *self.grid_hw)
        prefilled = upscaled.reshape(*self.grid_hw, -1)
        if valid_hw is not None:
            ends = (valid_hw.to(torch.int64) + (TOKEN_LOGITS - 1)) // TOKEN_LOGITS
            grid = top_left(grid, ends, first_axis=1)
            prefilled = top_left(prefilled, ends, first_axis=0)
        height, width = grid.shape[1], grid.shape[2]
        rows = grid.reshape(grid.shape[0], -1)
        factors = torch.cat([state.basis @ self.columns, self.constant])
        scaled = prefilled.reshape(-1, self.columns.shape[1]) * rows[-2:-1].t()
        values = torch.addmm(scaled, torch.cat([rows[:-2], rows[-1:]]).t(), factors)
        values = rms_norm(values.reshape(-1, self.gain.shape[0]), self.gain, self.epsilon)
        values = bias_gelu(bias_gelu(values, self.shift) @ self.weight2, self.bias2)
        return values.reshape(height, width, 16, -1)

    def logits(self, values: Tensor, hypernetworks: Tensor) -> Tensor:
        """(h, w, 16, c) and (K, c) -> (1, K, 4 H, 4 W), the padding filled."""
        height, width = values.shape[0], values.shape[1]
        flat = hypernetworks @ values.reshape(-1, values.shape[3]).t()
        blocks = flat.reshape(-1, height, width, 2, 2, 2, 2).permute(0, 1, 3, 5, 2, 4, 6)
        logits = blocks.reshape(1, -1, height * TOKEN_LOGITS, width * TOKEN_LOGITS)
        missing = (
            (self.grid_hw[0] - height) * TOKEN_LOGITS,
            (self.grid_hw[1] - width) * TOKEN_LOGITS,
        )
        return pad(logits, (0, missing[1], 0, missing[0]), value=OUTSIDE)
