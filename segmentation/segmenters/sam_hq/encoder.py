"""SAM-HQ's image side: SAM's ViT, and the features for finer masks that need no prompt."""

from __future__ import annotations

from torch import Tensor, nn

# Of SamHQMaskDecoder: what depends on the image alone, and so is computed once for each image.
IMAGE_SIDE = (
    "compress_vit_conv1",
    "compress_vit_norm",
    "compress_vit_conv2",
    "encoder_conv1",
    "encoder_norm",
    "encoder_conv2",
)


class SamHqEncoder(nn.Module):
    """`image_embedding` (B, 256, cells, cells) and `hq_features` (B, 32, 4 cells, 4 cells)."""

    def __init__(self, vision_encoder: nn.Module, mask_decoder: nn.Module) -> None:
        """Takes the modules of `IMAGE_SIDE` away from the mask decoder."""
        super().__init__()
        self.vision_encoder = vision_encoder
        for name in IMAGE_SIDE:
            setattr(self, name, getattr(mask_decoder, name))
            delattr(mask_decoder, name)
        self.activation = nn.GELU()

    def forward(self, pixels: Tensor) -> tuple[Tensor, Tensor]:
        encoded = self.vision_encoder(pixels)
        embedding = encoded.last_hidden_state
        # The first of the layers that attend to the whole image: (B, cells, cells, width).
        early = encoded.intermediate_embeddings[0].permute(0, 3, 1, 2)
        middle = self.activation(self.encoder_norm(self.encoder_conv1(embedding)))
        early_middle = self.activation(self.compress_vit_norm(self.compress_vit_conv1(early)))
        return embedding, self.encoder_conv2(middle) + self.compress_vit_conv2(early_middle)
