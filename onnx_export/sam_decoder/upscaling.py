"""From image tokens to logits: two transposed convolutions as products over rows, one shuffle at the end."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import pad

from onnx_export.sam_decoder.attention import ImageState
from onnx_export.sam_decoder.operators import GELU_IN, GELU_OUT, Constants, rms_norm, scaled_gelu, top_left
from onnx_export.sam_decoder.prefill import Prefilled, sub_pixel_columns, upscale_columns, upscale_constant
from onnx_export.sam_decoder.weights import DecoderWeights

TOKEN_LOGITS = 4  # logits along a side of an image token
# Of logits in the padding that was left out: surely not the object.
OUTSIDE = -10.0


class Upscaling(Constants):
    """One pixel of the low-res logits depends on one image token alone.

    What goes into a GELU is GELU_IN times as large as in the network, what comes out GELU_OUT times.
    """

    has_constant = True  # of its own; SAM 2's comes with the finer maps

    def __init__(self, weights: DecoderWeights) -> None:
        super().__init__()
        self.grid_hw = weights.grid_hw
        self.epsilon = weights.upscale_norm.eps
        self.keep(
            columns=upscale_columns(weights).float(),
            constant=upscale_constant(weights),
            gain=weights.upscale_norm.weight * GELU_IN,
            shift=weights.upscale_norm.bias * GELU_IN,
            weight2=sub_pixel_columns(weights.upscale2.weight) * (GELU_IN / GELU_OUT),
            bias2=weights.upscale2.bias.repeat(4) * GELU_IN,
        )

    def forward(self, prefilled: Prefilled, state: ImageState, ends: Tensor | None) -> Tensor:
        """The image tokens before the last norm's gain -> (h, w, 16, c / 2) of those that are asked for.

        `ends`: rows and columns of them; None: all.
        """
        assert state.scale is not None
        rows, scale, factors = state.rows, state.scale, state.basis @ self.columns
        if self.has_constant:
            rows = torch.cat([rows, torch.ones_like(scale)])
            factors = torch.cat([factors, self.constant])
        upscaled = prefilled.upscaled
        grid_hw = self.grid_hw
        if ends is not None:
            grid = top_left(rows.reshape(-1, *grid_hw), ends, first_axis=1)
            scale = top_left(scale.reshape(1, *grid_hw), ends, first_axis=1).reshape(1, -1)
            upscaled = top_left(upscaled.reshape(*grid_hw, -1), ends, first_axis=0)
            grid_hw = (grid.shape[1], grid.shape[2])
            rows = grid.reshape(grid.shape[0], -1)
            upscaled = upscaled.reshape(-1, self.columns.shape[1])
        first = self._first(upscaled * scale.t(), rows, factors, prefilled)
        return self._second(self._activated(first), prefilled).reshape(*grid_hw, 16, -1)

    def _first(self, scaled: Tensor, rows: Tensor, factors: Tensor, _prefilled: Prefilled) -> Tensor:
        """The first transposed convolution: (N, 4 c) prefilled, (r, N), (r, 4 c) -> (N, 4 c)."""
        return torch.addmm(scaled, rows.t(), factors)

    def _activated(self, values: Tensor) -> Tensor:
        """(N, 4 c) -> (4 N, c): norm and GELU of each sub-pixel."""
        normed = rms_norm(values.reshape(-1, self.gain.shape[0]), self.gain, self.epsilon)
        return scaled_gelu(normed + self.shift)

    def _second(self, values: Tensor, _prefilled: Prefilled) -> Tensor:
        """(4 N, c) -> (4 N, 2 c)."""
        return scaled_gelu(torch.addmm(self.bias2, values, self.weight2))

    def products(self, values: Tensor, hypernetworks: Tensor) -> Tensor:
        """(h, w, 16, c) and (K, c) -> (K, 16 h w), in the order of tokens."""
        return (hypernetworks / GELU_OUT) @ values.reshape(-1, values.shape[3]).t()

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
    """SAM 2 adds the encoder's finer maps."""

    has_constant = False

    def _first(self, scaled: Tensor, rows: Tensor, factors: Tensor, prefilled: Prefilled) -> Tensor:
        assert prefilled.fine1 is not None
        return torch.addmm(scaled + prefilled.fine1, rows.t(), factors)

    def _second(self, values: Tensor, prefilled: Prefilled) -> Tensor:
        assert prefilled.fine0 is not None
        return scaled_gelu(torch.addmm(prefilled.fine0, values, self.weight2))


class WholeMapUpscaling(Upscaling):
    """EfficientSAM norms all sub-pixels and channels of the map together."""

    def _activated(self, values: Tensor) -> Tensor:
        centred = values - values.mean()
        scale = 1 / torch.sqrt((centred * centred).mean() + self.epsilon)
        return scaled_gelu(centred.reshape(-1, self.gain.shape[0]) * (self.gain * scale) + self.shift)


def upscaling_of(weights: DecoderWeights) -> Upscaling:
    if weights.has_fine_maps:
        return FineUpscaling(weights)
    return WholeMapUpscaling(weights) if weights.is_efficient else Upscaling(weights)
