"""Labelled points as tokens, and earlier logits as a low-rank update of the image tokens."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu, layer_norm

from onnx_export.sam_decoder.operators import Constants
from onnx_export.sam_decoder.weights import DecoderWeights
from segmentation.prompts import PADDING
from segmentation.segmenters.sam2.decoder import LOGITS_LIMIT

EFFICIENT_POINTS = 6  # EfficientSAM fills up to so many with padding, and leaves further ones out


def encode_positions(unit_xy: Tensor, frequencies: Tensor) -> Tensor:
    """Positions (n, 2) in 0..1 as random Fourier features (n, d)."""
    angles = ((2 * unit_xy - 1) @ frequencies) * (2 * math.pi)
    return torch.cat([angles.sin(), angles.cos()], dim=-1)


def grid_positions(weights: DecoderWeights) -> Tensor:
    """The positional encoding of the image tokens, (N, d), row by row."""
    height, width = weights.grid_hw
    y, x = torch.meshgrid(
        (torch.arange(height) + 0.5) / height, (torch.arange(width) + 0.5) / width, indexing="ij"
    )
    return encode_positions(torch.stack([x, y], dim=-1).reshape(-1, 2), weights.frequencies)


class PromptTokens(Constants):
    """The output tokens, then one token for each point; whoever prompts has added the padding point."""

    def __init__(self, weights: DecoderWeights) -> None:
        super().__init__()
        self.side = weights.input_side
        self.keep(
            frequencies=weights.frequencies,
            table=weights.point_table,
            labels=torch.arange(-1, 4, dtype=torch.float32),
            output_tokens=weights.output_tokens,
        )
        self.has_fixed_length = weights.is_efficient
        self.keep(
            no_points=torch.zeros(EFFICIENT_POINTS, 2), no_labels=torch.full((EFFICIENT_POINTS,), PADDING)
        )

    def forward(self, point_coords: Tensor, point_labels: Tensor) -> Tensor:
        """(1, N, 2) model points, (1, N) -> (k + N, d)."""
        xy, labels = point_coords[0], point_labels[0]
        if self.has_fixed_length:
            xy = torch.cat([xy, self.no_points])[:EFFICIENT_POINTS]
            labels = torch.cat([labels, self.no_labels])[:EFFICIENT_POINTS]
        labels = labels.unsqueeze(1)
        positions = encode_positions(xy / self.side, self.frequencies)
        one_hot = (labels == self.labels).float()
        points = positions * (labels != PADDING).float() + one_hot @ self.table
        return torch.cat([self.output_tokens, points])


def count_points(point_labels: Tensor) -> Tensor:
    """Points and box corners, without padding; a scalar."""
    return (point_labels != PADDING).float().sum()


class MaskRows(Constants):
    """Earlier logits as 16 values for each image token, up to the last 1x1 convolution.

    Both convolutions do not overlap, so they are products of 2x2 blocks laid out as rows.
    """

    def __init__(self, weights: DecoderWeights) -> None:
        super().__init__()
        embedding = weights.mask_embedding
        assert embedding is not None
        self.grid_hw = weights.grid_hw
        self.limit = LOGITS_LIMIT if weights.has_fine_maps else None
        self.norms = nn.ModuleList([embedding.layer_norm1, embedding.layer_norm2])
        conv1, conv2 = embedding.conv1, embedding.conv2
        self.keep(
            weight1=conv1.weight.reshape(conv1.out_channels, -1).t(),
            bias1=conv1.bias,
            weight2=conv2.weight.permute(2, 3, 1, 0).reshape(-1, conv2.out_channels),
            bias2=conv2.bias,
        )

    def forward(self, mask_input: Tensor) -> Tensor:
        """(1, 1, 4 h, 4 w) -> (c, N)."""
        height, width = self.grid_hw
        if self.limit is not None:
            mask_input = mask_input.clamp(-self.limit, self.limit)
        blocks = mask_input.reshape(height, 2, 2, width, 2, 2).permute(0, 3, 1, 4, 2, 5).reshape(-1, 4)
        first, second = self.norms
        rows = gelu(_norm(blocks @ self.weight1 + self.bias1, first))
        rows = rows.reshape(height * width, -1) @ self.weight2 + self.bias2
        return gelu(_norm(rows, second)).t()


def _norm(rows: Tensor, norm: nn.LayerNorm) -> Tensor:
    return layer_norm(rows, norm.normalized_shape, norm.weight, norm.bias, norm.eps)
