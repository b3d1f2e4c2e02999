"""From image tokens to logits: two transposed convolutions as products over rows, one shuffle at the end."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import pad

from onnx_export.sam_decoder.attention import ImageState
from onnx_export.sam_decoder.operators import Constants, bias_gelu, rms_norm, top_left
from onnx_export.sam_decoder.prefill import Prefilled, sub_pixel_columns, upscale_columns, upscale_constant
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
        self.keep(
            columns=upscale_columns(weights).float(),
            constant=upscale_constant(weights),
            gain=weights.upscale_norm.weight,
            shift=weights.upscale_norm.bias,
            weight2=sub_pixel_columns(weights.upscale2.weight),
            bias2=weights.upscale2.bias.repeat(4),
        )

    def forward(self, prefilled: Prefilled, state: ImageState, ends: Tensor | None) -> Tensor:
        """The image tokens before the last norm's gain -> (h, w, 16, c / 2) of those that are asked for.

        `ends`: rows and columns of them; None: all.
        """
        assert state.scale is not None
        rows = torch.cat([state.rows, state.scale, torch.ones_like(state.scale)])
        grid = rows.reshape(-1, *self.grid_hw)
        upscaled = prefilled.upscaled.reshape(*self.grid_hw, -1)
        if ends is not None:
            grid = top_left(grid, ends, first_axis=1)
            upscaled = top_left(upscaled, ends, first_axis=0)
        height, width = grid.shape[1], grid.shape[2]
        rows = grid.reshape(grid.shape[0], -1)
        scaled = upscaled.reshape(-1, self.columns.shape[1]) * rows[-2:-1].t()
        values = self._values(scaled, rows, state.basis @ self.columns, prefilled)
        return values.reshape(height, width, 16, -1)

    def _values(self, scaled: Tensor, rows: Tensor, factors: Tensor, _prefilled: Prefilled) -> Tensor:
        """(N, 4 c) prefilled, rows of the state, of its scale and of ones -> (4 N, 2 c)."""
        factors = torch.cat([factors, self.constant])
        first = torch.addmm(scaled, torch.cat([rows[:-2], rows[-1:]]).t(), factors)
        return bias_gelu(self._activated(first) @ self.weight2, self.bias2)

    def _activated(self, values: Tensor) -> Tensor:
        """(N, 4 c) centred -> (4 N, c): norm and GELU of each sub-pixel."""
        width = self.gain.shape[0]
        return bias_gelu(rms_norm(values.reshape(-1, width), self.gain, self.epsilon), self.shift)

    def products(self, values: Tensor, hypernetworks: Tensor) -> Tensor:
        """(h, w, 16, c) and (K, c) -> (K, 16 h w), in the order of tokens."""
        return hypernetworks @ values.reshape(-1, values.shape[3]).t()

    def logits(self, values: Tensor, hypernetworks: Tensor) -> Tensor:
        """(h, w, 16, c) and (K, c) -> (1, K, 4 h, 4 w)."""
        height, width = values.shape[0], values.shape[1]
        flat = self.products(values, hypernetworks)
        blocks = flat.reshape(-1, height, width, 2, 2, 2, 2).permute(0, 1, 3, 5, 2, 4, 6)
        return blocks.reshape(1, -1, height * TOKEN_LOGITS, width * TOKEN_LOGITS)

    def filled(self, logits: Tensor) -> Tensor:
        """(1, K, H, W) with what was left out."""
        full = [side * TOKEN_LOGITS for side in self.grid_hw]
        return pad(logits, (0, full[1] - logits.shape[3], 0, full[0] - logits.shape[2]), value=OUTSIDE)


def valid_tokens(valid_hw: Tensor) -> Tensor:
    """Rows and columns of logits -> of image tokens (int64)."""
    return (valid_hw.to(torch.int64) + (TOKEN_LOGITS - 1)) // TOKEN_LOGITS


class FineUpscaling(Upscaling):
    """SAM 2 adds the encoder's finer maps, which hold the biases already."""

    def __init__(self, weights: DecoderWeights) -> None:
        super().__init__(weights)
        self.keep(no_bias=torch.zeros_like(self.bias2))

    def _values(self, scaled: Tensor, rows: Tensor, factors: Tensor, prefilled: Prefilled) -> Tensor:
        assert prefilled.fine1 is not None
        assert prefilled.fine0 is not None
        first = torch.addmm(scaled + prefilled.fine1, rows[:-2].t(), factors)
        second = torch.addmm(prefilled.fine0, self._activated(first), self.weight2)
        return bias_gelu(second, self.no_bias)


class WholeMapUpscaling(Upscaling):
    """EfficientSAM norms all sub-pixels and channels of the map together."""

    def _activated(self, values: Tensor) -> Tensor:
        centred = values - values.mean()
        scale = 1 / torch.sqrt((centred * centred).mean() + self.epsilon)
        return bias_gelu(centred.reshape(-1, self.gain.shape[0]) * (self.gain * scale), self.shift)


def upscaling_of(weights: DecoderWeights) -> Upscaling:
    if weights.has_fine_maps:
        return FineUpscaling(weights)
    return WholeMapUpscaling(weights) if weights.is_efficient else Upscaling(weights)
