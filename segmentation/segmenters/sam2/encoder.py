"""The encoder of SAM 2: transformers' Hiera backbone with the neck as the decoder reads it."""

from __future__ import annotations

from torch import Tensor, nn

from segmentation.segmenters.sam2.pyramid import ImagePyramid


class HieraEncoder(nn.Module):
    """(B, 3, 1024, 1024) -> `image_embedding` (B, 256, 64, 64), `high_res_0`, `high_res_1`."""

    def __init__(self, backbone: nn.Module, pyramid: ImagePyramid) -> None:
        """`backbone` is a `Sam2HieraDetModel`."""
        super().__init__()
        self.backbone = backbone
        self.pyramid = pyramid

    def forward(self, pixels: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        maps = self.backbone(pixels).intermediate_hidden_states  # (B, h, w, C), finest first
        return self.pyramid([each.permute(0, 3, 1, 2) for each in maps])
