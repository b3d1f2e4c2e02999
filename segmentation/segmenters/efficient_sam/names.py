"""Tensors of `efficient_sam_vit*.pt` under the names that SAM's official code has for the same parts."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn import functional

from segmentation.segmenters.checkpoint_weights import renamed

CELLS = 64  # in a row of the image embedding
PADDING_POINT = -0.5 / 1024  # of a point at (-1, -1), half a pixel added, divided by the input's side

_FREQUENCIES = "prompt_encoder.pe_layer.positional_encoding_gaussian_matrix"
_INVALID = "prompt_encoder.invalid_points.weight"
UNUSED = (
    "point_embeddings.0",
    "no_mask_embed",
)  # of SAM: added to background points and to the image embedding
POSITIONS = "image_encoder.pos_embed"

EFFICIENT_SAM_TO_SAM = (
    (r"^(image_encoder\.blocks\.\d+\.mlp)\.fc(\d)\.", r"\1.lin\2."),
    (r"^(mask_decoder\.transformer\.layers\.\d+\.mlp)\.layers\.0\.0\.", r"\1.lin1."),
    (r"^(mask_decoder\.transformer\.layers\.\d+\.mlp)\.fc\.", r"\1.lin2."),
    (
        r"^(mask_decoder\.(?:output_hypernetworks_mlps\.\d+|iou_prediction_head))\.layers\.(\d)\.0\.",
        r"\1.layers.\2.",
    ),
    (r"^(mask_decoder\.(?:output_hypernetworks_mlps\.\d+|iou_prediction_head))\.fc\.", r"\1.layers.2."),
    (r"^mask_decoder\.final_output_upscaling_layers\.0\.", "mask_decoder.output_upscaling."),
    (r"^mask_decoder\.final_output_upscaling_layers\.1\.0\.", "mask_decoder.output_upscaling.3."),
    (r"^prompt_encoder\.point_embeddings\.weight$", "prompt_encoder.point_embeddings.1.weight"),
    (r"^prompt_encoder\.bbox_top_left_embeddings\.", "prompt_encoder.point_embeddings.2."),
    (r"^prompt_encoder\.bbox_bottom_right_embeddings\.", "prompt_encoder.point_embeddings.3."),
    (r"^prompt_encoder\.invalid_points\.", "prompt_encoder.not_a_point_embed."),
)


def sam_weights(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Weights by SAM's official names; what depends on no input is computed once, here.

    The positions of the pretraining's 14 x 14 cells, with one for a class token in front, become those of
    64 x 64 cells, and the encoding of a padding point becomes part of its embedding.
    """
    weights = dict(tensors)
    if POSITIONS in weights:
        weights[POSITIONS] = _stretched(weights[POSITIONS].float())
    if _INVALID in weights and _FREQUENCIES in weights:
        weights[_INVALID] = weights[_INVALID].float() + _padding_encoding(weights[_FREQUENCIES].float())
        nothing = torch.zeros_like(weights[_INVALID])
        weights |= {f"prompt_encoder.{name}.weight": nothing for name in UNUSED}
    return renamed(weights, EFFICIENT_SAM_TO_SAM)


def _stretched(positions: Tensor) -> Tensor:
    """(1, 1 + n * n, C) -> (1, 64, 64, C)."""
    side = int((positions.shape[1] - 1) ** 0.5)
    grid = positions[:, 1 : 1 + side * side].unflatten(1, (side, side)).permute(0, 3, 1, 2)
    stretched = functional.interpolate(grid, size=(CELLS, CELLS), mode="bicubic")
    return stretched.permute(0, 2, 3, 1).contiguous()


def _padding_encoding(frequencies: Tensor) -> Tensor:
    """(1, 256) of frequencies (2, 128)."""
    angles = 2 * torch.pi * (torch.full((1, 2), 2 * PADDING_POINT - 1) @ frequencies)
    return torch.cat((angles.sin(), angles.cos()), dim=-1)
