"""EfficientSAM as published: `efficient_sam_vitt.pt` and `efficient_sam_vits.pt` of the authors."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from transformers import SamConfig, SamMaskDecoderConfig, SamModel, SamVisionConfig

from segmentation.segmenters.checkpoint_files import read_checkpoint
from segmentation.segmenters.checkpoint_weights import build_without_weights, load_weights
from segmentation.segmenters.efficient_sam.decoder import EfficientSamDecoder, changed_mask_decoder
from segmentation.segmenters.efficient_sam.names import POSITIONS, sam_weights
from segmentation.segmenters.errors import CheckpointRefused
from segmentation.segmenters.manifest import InputRule, Pixels
from segmentation.segmenters.promptable import EmbeddingTensor, PromptableNetwork
from segmentation.segmenters.sam.family import DECODER_NORM_EPS, MEAN, STD
from segmentation.segmenters.sam.names import transformers_names
from segmentation.segmenters.sam.vit import VitEncoder

SIDE = 1024
DEPTH = 12
HEAD_WIDTH = 64
VARIANTS = {192: "vitt", 384: "vits"}  # by the encoder's width
# The official `preprocess`: stretched to a square by a plain `interpolate`, whatever the proportions.
INPUT = InputRule("stretch", SIDE, pixels=Pixels(SIDE, None, MEAN, STD, "plain"))


def recognises(names: Collection[str]) -> bool:
    """Whether the tensors are of EfficientSAM, whose prompt encoder names the corners of a box."""
    return "prompt_encoder.bbox_top_left_embeddings.weight" in names and POSITIONS in names


def load_network(path: Path) -> PromptableNetwork:
    """See `families.Family`. Raises CheckpointRefused."""
    checkpoint = read_checkpoint(path, family="efficient_sam")
    width = checkpoint.tensors[POSITIONS].shape[-1]
    if width not in VARIANTS:
        raise CheckpointRefused(
            f"{path.name} has an image encoder of width {width}; EfficientSAM-Ti has 192, -S has 384. "
            "Is it a checkpoint that its authors published?"
        )
    model = build_without_weights(lambda: _model(width))
    load_weights(model, transformers_names(sam_weights(checkpoint.tensors)), path=path)
    return PromptableNetwork(
        family="efficient_sam",
        variant=VARIANTS[width],
        input=INPUT,
        embedding=(EmbeddingTensor("image_embedding", (1, 256, 64, 64)),),
        encoder=VitEncoder(model.vision_encoder).eval(),
        decoder=EfficientSamDecoder(model.prompt_encoder, model.mask_decoder).eval(),
        decoder_kind="efficient_sam",
        takes_mask=False,
    )


def _model(width: int) -> SamModel:
    """SAM with a ViT without windows and relative positions, and with EfficientSAM's mask decoder."""
    vision = SamVisionConfig(
        hidden_size=width,
        num_hidden_layers=DEPTH,
        num_attention_heads=width // HEAD_WIDTH,
        image_size=SIDE,
        mlp_dim=4 * width,
        use_rel_pos=False,
        window_size=0,
        global_attn_indexes=list(range(DEPTH)),
    )
    decoder = SamMaskDecoderConfig(hidden_act="gelu", layer_norm_eps=DECODER_NORM_EPS)
    model = SamModel(SamConfig(vision_config=vision, mask_decoder_config=decoder))
    changed_mask_decoder(model.mask_decoder)
    del model.prompt_encoder.mask_embed
    return model
