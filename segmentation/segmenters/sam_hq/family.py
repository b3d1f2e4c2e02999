"""SAM-HQ as published: Hugging Face folders `syscv-community/sam-hq-vit-*`, and `sam_hq_vit_*.pth`."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from transformers import SamHQConfig, SamHQModel
from transformers.models.sam_hq.configuration_sam_hq import (
    SamHQMaskDecoderConfig,
    SamHQPromptEncoderConfig,
    SamHQVisionConfig,
)

from segmentation.segmenters.checkpoint_files import Checkpoint, read_checkpoint
from segmentation.segmenters.checkpoint_weights import build_without_weights, load_weights
from segmentation.segmenters.promptable import EmbeddingTensor, PromptableNetwork
from segmentation.segmenters.sam.family import DECODER_NORM_EPS, input_rule
from segmentation.segmenters.sam.vit import VitSizes, vit_sizes
from segmentation.segmenters.sam_hq.decoder import SamHqDecoder
from segmentation.segmenters.sam_hq.encoder import SamHqEncoder
from segmentation.segmenters.sam_hq.names import transformers_names


def recognises(names: Collection[str]) -> bool:
    """Whether the tensors are of SAM's ViT with SAM-HQ's output token."""
    official = "mask_decoder.hf_token.weight" in names and "image_encoder.blocks.0.attn.rel_pos_h" in names
    return official or "mask_decoder.hq_token.weight" in names


def load_network(path: Path) -> PromptableNetwork:
    """See `families.Family`. Raises CheckpointRefused."""
    return build_network(read_checkpoint(path, family="sam_hq"))


def build_network(checkpoint: Checkpoint) -> PromptableNetwork:
    """The network of a checkpoint that has been read. Raises CheckpointRefused."""
    weights = transformers_names(checkpoint.tensors)
    sizes = vit_sizes(weights, checkpoint.path)
    model = build_without_weights(lambda: SamHQModel(_config(sizes)))
    load_weights(model, weights, path=checkpoint.path)
    cells = sizes.cells
    return PromptableNetwork(
        family="sam_hq",
        variant=sizes.variant,
        input=input_rule(sizes.image_side),
        embedding=(
            EmbeddingTensor("image_embedding", (1, 256, cells, cells)),
            EmbeddingTensor("hq_features", (1, 32, 4 * cells, 4 * cells)),
        ),
        encoder=SamHqEncoder(model.vision_encoder, model.mask_decoder).eval(),
        decoder=SamHqDecoder(model.prompt_encoder, model.mask_decoder).eval(),
        decoder_kind="sam_hq",
    )


def _config(sizes: VitSizes) -> SamHQConfig:
    prompts = SamHQPromptEncoderConfig(image_size=sizes.image_side, patch_size=sizes.patch)
    return SamHQConfig(
        vision_config=SamHQVisionConfig(**sizes.config()),
        prompt_encoder_config=prompts,
        mask_decoder_config=SamHQMaskDecoderConfig(vit_dim=sizes.width, layer_norm_eps=DECODER_NORM_EPS),
    )
