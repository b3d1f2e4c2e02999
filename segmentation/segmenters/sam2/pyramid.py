"""The image's side of SAM 2 after its backbone: the neck, and what the decoder takes from it."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional


class ImagePyramid(nn.Module):
    """Four maps of a backbone -> `image_embedding`, `high_res_0`, `high_res_1`.

    The official `FpnNeck` with `scalp: 1` and `fpn_top_down_levels: [2, 3]`, the decoder's `conv_s0` and
    `conv_s1`, and `no_mem_embed`, which the image predictor adds to the coarsest map: one convolution for
    each level. The neck's sine encodings are for the video memory only and are never computed.
    """

    def __init__(
        self, laterals: Sequence[nn.Conv2d], conv_s0: nn.Conv2d, conv_s1: nn.Conv2d, no_memory: Tensor
    ) -> None:
        """`laterals` are the neck's 1x1 convolutions, coarsest level first; `no_memory` has 256 values."""
        super().__init__()
        self.coarsest, middle, fine, finest = laterals
        self.middle = shifted(middle, no_memory)
        self.high_res_1 = composed(fine, conv_s1)
        self.high_res_0 = composed(finest, conv_s0)

    def forward(self, maps: Sequence[Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """`maps` (B, C, h, w) at strides 4, 8, 16 and 32."""
        finest, fine, middle, coarsest = maps
        above = functional.interpolate(self.coarsest(coarsest), scale_factor=2.0, mode="nearest")
        return self.middle(middle) + above, self.high_res_0(finest), self.high_res_1(fine)


@torch.no_grad()
def composed(first: nn.Conv2d, second: nn.Conv2d) -> nn.Conv2d:
    """`second`, which is 1x1, after `first` as one convolution: equal up to rounding, fewer operations."""
    if second.kernel_size != (1, 1) or second.stride != (1, 1):
        raise ValueError("Only a 1x1 convolution of stride 1 can be composed with the one before it.")
    outer = second.weight[:, :, 0, 0].double()
    whole = nn.utils.skip_init(
        nn.Conv2d, first.in_channels, second.out_channels, first.kernel_size, first.stride, first.padding
    )
    whole.weight.copy_(torch.einsum("om,mihw->oihw", outer, first.weight.double()))
    whole.bias.copy_(outer @ first.bias.double() + second.bias.double())
    return whole.requires_grad_(requires_grad=False)


@torch.no_grad()
def shifted(convolution: nn.Conv2d, constant: Tensor) -> nn.Conv2d:
    """The convolution with `constant` (one value for each output channel) added to its bias."""
    convolution.bias = nn.Parameter(convolution.bias + constant, requires_grad=False)
    return convolution
