"""The encoder of SAM 3's tracker: the transformer that it shares with the detector, and its own neck."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn
from transformers import Sam3ViTConfig
from transformers.models.sam3.modeling_sam3 import Sam3FPNLayer, Sam3ViTModel, Sam3ViTRotaryEmbedding

from segmentation.segmenters.sam2.pyramid import composed, shifted


class Sam3Encoder(nn.Module):
    """(B, 3, 1008, 1008) -> `image_embedding` (B, 256, 72, 72), `high_res_0`, `high_res_1`.

    As in SAM 2 the decoder's `conv_s0` and `conv_s1` belong to it and `no_mem_embed` is added to the image
    embedding, as the official `SAM3InteractiveImagePredictor` does. (transformers' `Sam3TrackerModel` adds
    it to the neck's fourth level, which nothing reads, unless it is configured with three.)
    """

    def __init__(
        self,
        backbone: Sam3ViTModel,
        levels: Sequence[Sam3FPNLayer],
        conv_s0: nn.Conv2d,
        conv_s1: nn.Conv2d,
        no_memory: Tensor,
    ) -> None:
        """`levels` are the neck's: 4, 2 and 1 times the backbone's cells; `no_memory` has 256 values."""
        super().__init__()
        self.backbone = with_positions(backbone)
        self.finest, self.fine, self.middle = levels
        self.finest.proj2 = composed(self.finest.proj2, conv_s0)
        self.fine.proj2 = composed(self.fine.proj2, conv_s1)
        self.middle.proj2 = shifted(self.middle.proj2, no_memory)

    def forward(self, pixels: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        patch = self.backbone.config.patch_size
        cells_hw = (pixels.shape[2] // patch, pixels.shape[3] // patch)
        tokens = self.backbone(pixels).last_hidden_state  # (B, h*w, C)
        grid = tokens.transpose(1, 2).unflatten(2, cells_hw)
        return self.middle(grid), self.finest(grid), self.fine(grid)


def with_positions(backbone: Sam3ViTModel) -> Sam3ViTModel:
    """The backbone with its rotary positions computed: checkpoints do not hold them."""
    config: Sam3ViTConfig = backbone.config
    for layer in backbone.layers:
        layer.rotary_emb = Sam3ViTRotaryEmbedding(config)
        layer.position_ids = layer.precompute_positions(config, layer.window_size)
    return backbone
