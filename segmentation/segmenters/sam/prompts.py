"""Prompts as tokens and a dense map, by transformers' `SamPromptEncoder` or one of the same structure."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from segmentation.prompts import PADDING


def sparse_tokens(prompt_encoder: nn.Module, point_coords: Tensor, point_labels: Tensor) -> Tensor:
    """(1, 1, N, 256): one token for each point, box corner and padding point, in the order given.

    `point_coords` (1, N, 2) are continuous model points: no half pixel is added, see ARCHITECTURE 3.4. All
    labels go one way here, where the official `PromptEncoder` treats points and boxes apart.
    """
    side = prompt_encoder.input_image_size
    encoded = prompt_encoder.shared_embedding(point_coords[:, None], (side, side))
    labels = point_labels[:, None, :, None]
    tokens = torch.where(labels == PADDING, prompt_encoder.not_a_point_embed.weight, encoded)
    for label, embedding in enumerate(prompt_encoder.point_embed):
        tokens = tokens + torch.where(labels == label, embedding.weight, 0.0)
    return tokens


def dense_map(prompt_encoder: nn.Module, mask_input: Tensor | None) -> Tensor:
    """(1, 256, h, w), which is added to the image embedding: of earlier logits, or of none."""
    if mask_input is not None:
        return prompt_encoder.mask_embed(mask_input)
    return prompt_encoder.no_mask_embed.weight[:, :, None, None].expand(
        -1, -1, *prompt_encoder.image_embedding_size
    )


@torch.no_grad()
def cell_encoding(prompt_encoder: nn.Module) -> Tensor:
    """(1, 256, h, w): the positional encoding of the centres of the embedding's cells."""
    h, w = prompt_encoder.image_embedding_size
    with prompt_encoder.no_mask_embed.weight.device:
        y, x = torch.meshgrid((torch.arange(h) + 0.5) / h, (torch.arange(w) + 0.5) / w, indexing="ij")
    return prompt_encoder.shared_embedding(torch.stack((x, y), dim=-1)).permute(2, 0, 1)[None]
