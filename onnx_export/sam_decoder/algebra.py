"""Linear maps of the image side, composed once at export.

Image tokens are columns here: K is (d, N). C centres each token (the mean of its d values becomes 0), G1 and
G2 multiply by the gains of the two image norms. The norms' own 1 / standard deviation is a number for each
token and commutes with all of this.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from onnx_export.sam_decoder.weights import DecoderWeights


@dataclass(frozen=True, eq=False)
class ImageMaps:
    """Of K, up to the scale of each token."""

    centre: Tensor  # (d, d): C, before the first norm's scale
    after1: Tensor  # G1 C, after the first norm
    before2: Tensor  # C G1 C, before the second norm's scale
    after2: Tensor  # G2 C G1 C


def image_maps(weights: DecoderWeights) -> ImageMaps:
    """In double precision, since they are products of products."""
    dim = weights.dim
    centre = torch.eye(dim, dtype=torch.float64) - 1 / dim
    gains = [block.image_norm.weight.detach().double() for block in weights.blocks]
    after1 = gains[0][:, None] * centre
    before2 = centre @ after1
    return ImageMaps(centre, after1, before2, gains[1][:, None] * before2)


def centred_blocks(maps: Tensor, block: int) -> Tensor:
    """Subtracts from each `block` columns their mean: the centring of a norm over them, beforehand."""
    grouped = maps.reshape(maps.shape[0], -1, block)
    return (grouped - grouped.mean(-1, keepdim=True)).reshape(maps.shape)
