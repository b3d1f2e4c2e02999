"""The published sizes of SAM 2's Hiera encoder, told apart by the shapes in a checkpoint.

Figures from the official `sam2/configs/sam2.1/*.yaml`; those of 2.0 are the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from transformers import Sam2Config, Sam2HieraDetConfig, Sam2VisionConfig


@dataclass(frozen=True)
class HieraVariant:
    """One size of the encoder."""

    name: str
    width: int  # channels of the first stage; each later stage doubles them
    heads: int  # of the first stage, doubled likewise
    blocks: tuple[int, int, int, int]  # of each stage
    global_blocks: tuple[int, int, int]  # which blocks look at the whole image
    windows: tuple[int, int, int, int] = (8, 4, 14, 7)  # of the others, by stage
    background: tuple[int, int] = (7, 7)  # cells of the positional encoding that is stretched

    def config(self) -> Sam2Config:
        """Of a whole `Sam2Model` of this size."""
        widths = [self.width << stage for stage in range(4)]
        backbone = Sam2HieraDetConfig(
            hidden_size=self.width,
            num_attention_heads=self.heads,
            blocks_per_stage=list(self.blocks),
            embed_dim_per_stage=widths,
            num_attention_heads_per_stage=[self.heads << stage for stage in range(4)],
            window_size_per_stage=list(self.windows),
            global_attention_blocks=list(self.global_blocks),
            window_positional_embedding_background_size=list(self.background),
        )
        vision = Sam2VisionConfig(backbone_config=backbone, backbone_channel_list=widths[::-1])
        return Sam2Config(vision_config=vision)


VARIANTS = (
    HieraVariant("hiera_tiny", 96, 1, (1, 2, 7, 2), (5, 7, 9)),
    HieraVariant("hiera_small", 96, 1, (1, 2, 11, 2), (7, 10, 13)),
    HieraVariant("hiera_base_plus", 112, 2, (2, 3, 16, 3), (12, 16, 20), background=(14, 14)),
    HieraVariant("hiera_large", 144, 2, (2, 6, 36, 4), (23, 33, 43), windows=(8, 4, 16, 8)),
)


def find_variant(*, width: int, blocks: int) -> HieraVariant | None:
    """By the channels of the first stage and the number of all blocks."""
    for variant in VARIANTS:
        if (variant.width, sum(variant.blocks)) == (width, blocks):
            return variant
    return None
