"""The reference decoder of SAM and of all that kept its structure (MobileSAM, EfficientViT-SAM)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from segmentation.segmenters.sam.prompts import cell_encoding, dense_map, sparse_tokens


class SamDecoder(nn.Module):
    """All mask tokens of one prompt, unselected; see `PromptableNetwork` for inputs and outputs.

    Holds a `SamPromptEncoder` and a `SamMaskDecoder` of transformers, with weights.
    """

    image_positional_encoding: Tensor  # (1, 256, h, w) of the embedding's cells

    def __init__(self, prompt_encoder: nn.Module, mask_decoder: nn.Module) -> None:
        super().__init__()
        self.prompt_encoder = prompt_encoder
        self.mask_decoder = mask_decoder
        self.register_buffer("image_positional_encoding", cell_encoding(prompt_encoder), persistent=False)

    def forward(
        self,
        image_embedding: Tensor,
        point_coords: Tensor,
        point_labels: Tensor,
        mask_input: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        """`low_res_logits` (1, 4, 4h, 4w) and `predicted_iou` (1, 4)."""
        decoder = self.mask_decoder
        tokens, pixels = self.tokens_and_pixels(
            (decoder.iou_token, decoder.mask_tokens), image_embedding, point_coords, point_labels, mask_input
        )
        logits = hypernetwork_weights(decoder, tokens[:, 1:]) @ pixels.flatten(2)
        return logits.unflatten(2, pixels.shape[2:]), decoder.iou_prediction_head(tokens[:, 0])

    def tokens_and_pixels(
        self,
        own: tuple[nn.Embedding, ...],
        image_embedding: Tensor,
        point_coords: Tensor,
        point_labels: Tensor,
        mask_input: Tensor | None,
    ) -> tuple[Tensor, Tensor]:
        """`own` tokens (1, tokens, 256) and pixels (1, 32, 4h, 4w), both after the transformer."""
        own_tokens = torch.cat([embedding.weight for embedding in own])[None, None]
        sparse = sparse_tokens(self.prompt_encoder, point_coords, point_labels)
        tokens, cells = self.mask_decoder.transformer(
            point_embeddings=torch.cat((own_tokens, sparse), dim=2),
            image_embeddings=image_embedding + dense_map(self.prompt_encoder, mask_input),
            image_positional_embeddings=self.image_positional_encoding,
            attention_similarity=None,
        )  # (1, 1, tokens, 256), (1, 1, h*w, 256)
        grid = cells[:, 0].transpose(1, 2).reshape(image_embedding.shape)
        return tokens[:, 0, : own_tokens.shape[2]], upscaled(self.mask_decoder, grid)


def hypernetwork_weights(decoder: nn.Module, mask_tokens: Tensor) -> Tensor:
    """(1, T, 32): how each mask weighs the pixels' channels, of mask tokens (1, >= T, 256)."""
    mlps = decoder.output_hypernetworks_mlps
    return torch.stack([mlp(mask_tokens[:, i]) for i, mlp in enumerate(mlps)], dim=1)


def upscaled(decoder: nn.Module, grid: Tensor) -> Tensor:
    """(1, 32, 4h, 4w) of the image tokens (1, 256, h, w) after the transformer."""
    middle = decoder.activation(decoder.upscale_layer_norm(decoder.upscale_conv1(grid)))
    return decoder.activation(decoder.upscale_conv2(middle))
