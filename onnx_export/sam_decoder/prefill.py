"""All that depends on the image alone, computed once per image."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from onnx_export.sam_decoder.algebra import ImageMaps, centred_blocks, image_maps
from onnx_export.sam_decoder.operators import GELU_IN, Constants
from onnx_export.sam_decoder.prompts import grid_positions
from onnx_export.sam_decoder.weights import Attention, DecoderWeights


class Prefilled(NamedTuple):
    """h heads of width w, N image tokens. K is the embedding with `no_mask_embed` added.

    `key*`, `query*` (h, w, N) and `value*` (h, N, w) are the projections of the image tokens for the
    attentions of block 0, block 1 and the final one, up to the scale of each token; block 0's keys and
    queries include positions. `cross*` (h, w, N) are the products of the image tokens with what the
    image-to-token attentions add to them, from which the norms' scales come (twice, as in (a + b)^2); `rows`
    holds what is one number for each token.
    """

    key0: Tensor
    query0: Tensor
    key1: Tensor
    query1: Tensor
    key2: Tensor
    cross0: Tensor  # 2 block 0's additions . tokens, before norm 1
    cross0_late: Tensor  # 2 block 0's additions . tokens, before norm 2
    cross1: Tensor  # 2 block 1's additions . tokens, before norm 2
    value0: Tensor
    value1: Tensor
    value2: Tensor
    upscaled: Tensor  # (N, 4 c): the first transposed convolution
    rows: Tensor  # (5 + 2 (m + 1), N), see ROWS; 5 where earlier logits are not taken
    # SAM 2: added after the transposed convolutions, biases included; (N, 4 c), and GELU_IN times (4 N, 2 c)
    fine1: Tensor | None = None
    fine0: Tensor | None = None
    hq_features: Tensor | None = None  # (1, c, 4 h, 4 w), SAM-HQ: of the image embedding itself

    @property
    def present(self) -> dict[str, Tensor]:
        return {name: tensor for name, tensor in self._asdict().items() if tensor is not None}


# Of `Prefilled.rows`; `bias*` and what follows are twice. Then the products of tokens with a mask prompt's m
# channels and constant, before norm 1 and again before norm 2.
ROWS = ("length1", "length2", "bias0", "bias0_late", "bias1")


class Prefill(Constants):
    """`image_embedding` (1, d, h, w) -> Prefilled."""

    def __init__(self, weights: DecoderWeights) -> None:
        super().__init__()
        self.heads = weights.final.heads
        maps = image_maps(weights)
        first, second = weights.blocks
        with torch.no_grad():
            self._keep_keys(weights, _heads_first(weights, maps))
            values = [
                first.token_to_image.value.double(),
                second.token_to_image.value.double() @ maps.after1,
                weights.final.value.double() @ maps.after2,
                upscale_columns(weights).t() @ maps.before2,
            ]
            self._keep_values(weights, torch.cat(values))
            self._keep_rows(weights, maps)

    def _keep_keys(self, weights: DecoderWeights, projections: list[Tensor]) -> None:
        stacked = torch.cat(projections)
        constant = (stacked @ weights.no_mask.double())[:, None].repeat(1, _count(weights))
        inner = projections[0].shape[0]
        with_positions = torch.cat(projections[:2]) @ grid_positions(weights).double().t()
        constant[: 2 * inner] += with_positions
        constant[inner : 2 * inner] += weights.blocks[0].image_to_token.query_bias.double()[:, None]
        positions, rest = constant[: 2 * inner], constant[2 * inner :, :1]
        self.keep(keys=stacked.float(), key_positions=positions.float(), key_constants=rest.float())

    def _keep_values(self, weights: DecoderWeights, stacked: Tensor) -> None:
        self.keep(values=stacked.t().float(), value_constants=(stacked @ weights.no_mask.double()).float())

    def _keep_rows(self, weights: DecoderWeights, maps: ImageMaps) -> None:
        first, second = weights.blocks
        late = maps.before2.t() @ maps.before2
        bias0 = first.image_to_token.out_bias.double()
        bias1 = second.image_to_token.out_bias.double() + first.image_norm.bias.double()
        rows = [bias0[None] @ maps.centre, bias0[None] @ late, bias1[None] @ maps.before2]
        if weights.mask_embedding is not None:
            mask = mask_basis(weights).double()
            rows += [mask @ maps.centre, mask @ late]
        stacked = 2 * torch.cat(rows)
        self.keep(
            before1=maps.centre.float(),
            before2=maps.before2.float(),
            row_maps=stacked.float(),
            no_mask=weights.no_mask[:, None],
        )

    def forward(self, image_embedding: Tensor) -> Prefilled:
        dim = self.before1.shape[0]
        embedding = image_embedding.reshape(dim, -1)
        count = embedding.shape[1]
        keys = self.keys @ embedding
        inner = self.key_positions.shape[0] // 2
        positioned = keys[: 2 * inner] + self.key_positions
        others = keys[2 * inner :] + self.key_constants
        heads_first = [
            part.reshape(self.heads, -1, count) for part in (*positioned.split(inner), *others.split(inner))
        ]
        values = embedding.t() @ self.values + self.value_constants
        widths = [inner, inner, inner, values.shape[1] - 3 * inner]
        *by_head, upscaled = values.split(widths, dim=1)
        tokens_first = [part.reshape(count, self.heads, -1).transpose(0, 1) for part in by_head]
        parts = [*heads_first, *tokens_first, upscaled, self._rows(embedding + self.no_mask)]
        return Prefilled(**dict(zip(Prefilled._fields, parts, strict=False)))

    def _rows(self, tokens: Tensor) -> Tensor:
        lengths = [
            (part * part).sum(0, keepdim=True) for part in (self.before1 @ tokens, self.before2 @ tokens)
        ]
        return torch.cat([*lengths, self.row_maps @ tokens])


class FinePrefill(Constants):
    """`Prefill` for SAM 2, whose encoder gives two finer maps as well."""

    def __init__(self, weights: DecoderWeights) -> None:
        super().__init__()
        self.prefill = Prefill(weights)
        self.grid_hw = weights.grid_hw
        self.keep(constant1=upscale_constant(weights), constant0=weights.upscale2.bias.repeat(4) * GELU_IN)

    def forward(self, image_embedding: Tensor, high_res_0: Tensor, high_res_1: Tensor) -> Prefilled:
        """`high_res_0` (1, c / 2, 4 h, 4 w), `high_res_1` (1, c, 2 h, 2 w)."""
        height, width = self.grid_hw
        fine1 = high_res_1.reshape(-1, height, 2, width, 2).permute(1, 3, 2, 4, 0)
        fine1 = fine1 - fine1.mean(-1, keepdim=True)
        fine0 = high_res_0.reshape(-1, height, 2, 2, width, 2, 2).permute(1, 4, 2, 5, 3, 6, 0)
        prefilled: Prefilled = self.prefill(image_embedding)
        return prefilled._replace(
            fine1=fine1.reshape(height * width, -1) + self.constant1,
            fine0=fine0.reshape(4 * height * width, -1) * GELU_IN + self.constant0,
        )


def _heads_first(weights: DecoderWeights, maps: ImageMaps) -> list[Tensor]:
    """Projections (inner, d) for key0, query0, key1, query1, key2 and the three `cross`."""
    first, second = weights.blocks
    late = maps.before2.t() @ maps.before2
    return [
        first.token_to_image.key.double(),
        first.image_to_token.query.double(),
        second.token_to_image.key.double() @ maps.after1,
        second.image_to_token.query.double() @ maps.after1,
        weights.final.key.double() @ maps.after2,
        _additions(first.image_to_token) @ maps.centre,
        _additions(first.image_to_token) @ late,
        _additions(second.image_to_token) @ maps.before2,
    ]


def _additions(attention: Attention) -> Tensor:
    """(inner, d): twice what a value adds to an image token."""
    return 2 * attention.out.t().double()


def _count(weights: DecoderWeights) -> int:
    return weights.grid_hw[0] * weights.grid_hw[1]


def upscale_columns(weights: DecoderWeights) -> Tensor:
    """(d, 4 c): the second image norm's gain, then the first transposed convolution.

    Centred for the norm after it, where that is of each sub-pixel.

    Columns are ordered sub-pixel row, sub-pixel column, channel.
    """
    gain = weights.blocks[1].image_norm.weight.detach().double()
    convolution = sub_pixel_columns(weights.upscale1.weight.detach().double())
    columns = gain[:, None] * convolution
    return columns if weights.is_efficient else centred_blocks(columns, weights.upscale1.out_channels)


def upscale_constant(weights: DecoderWeights) -> Tensor:
    """(1, 4 c): what the second image norm's bias and the first transposed convolution's add, centred."""
    constant = weights.blocks[1].image_norm.bias @ sub_pixel_columns(weights.upscale1.weight)
    constant = constant + weights.upscale1.bias.repeat(4)
    constant = constant.detach()[None]
    return constant if weights.is_efficient else centred_blocks(constant, weights.upscale1.out_channels)


def sub_pixel_columns(weight: Tensor) -> Tensor:
    """(in, out, 2, 2) of a transposed convolution with stride 2 -> (in, 4 out)."""
    return weight.permute(0, 2, 3, 1).reshape(weight.shape[0], -1)


def mask_basis(weights: DecoderWeights) -> Tensor:
    """(m + 1, d): what a mask prompt's channels add to the image tokens; its constant for `no_mask_embed`."""
    assert weights.mask_embedding is not None
    last = weights.mask_embedding.conv3
    channels = last.weight.detach().reshape(weights.dim, -1).t()
    return torch.cat([channels, (last.bias.detach() - weights.no_mask)[None]])
