"""SAM as published: `sam_vit_*.pth` of the authors and Hugging Face folders `facebook/sam-vit-*`."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from transformers import SamConfig, SamModel
from transformers.models.sam.configuration_sam import (
    SamMaskDecoderConfig,
    SamPromptEncoderConfig,
    SamVisionConfig,
)

from segmentation.segmenters.checkpoint_files import Checkpoint, read_checkpoint
from segmentation.segmenters.checkpoint_weights import build_without_weights, load_weights
from segmentation.segmenters.manifest import InputRule, Pixels
from segmentation.segmenters.promptable import EmbeddingTensor, PromptableNetwork
from segmentation.segmenters.sam.decoder import SamDecoder
from segmentation.segmenters.sam.names import transformers_names
from segmentation.segmenters.sam.vit import VitEncoder, VitSizes, vit_sizes

# ImageNet's mean and standard deviation; the official code has them times 255.
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)

# The official mask decoder leaves torch's default to its norms; transformers' configuration has 1e-6.
DECODER_NORM_EPS = 1e-5


def recognises(names: Collection[str]) -> bool:
    """Whether the tensors are of a ViT with relative positions and of SAM's decoder, not SAM-HQ's."""
    has_vit = (
        "image_encoder.blocks.0.attn.rel_pos_h" in names or "vision_encoder.layers.0.attn.rel_pos_h" in names
    )
    is_hq = "mask_decoder.hf_token.weight" in names or "mask_decoder.hq_token.weight" in names
    return has_vit and "mask_decoder.iou_token.weight" in names and not is_hq


def load_network(path: Path) -> PromptableNetwork:
    """See `families.Family`. Raises CheckpointRefused."""
    return build_network(read_checkpoint(path, family="sam"))


def build_network(checkpoint: Checkpoint) -> PromptableNetwork:
    """The network of a checkpoint that has been read. Raises CheckpointRefused."""
    weights = transformers_names(checkpoint.tensors)
    sizes = vit_sizes(weights, checkpoint.path)
    model = build_without_weights(lambda: SamModel(_config(sizes)))
    load_weights(model, weights, path=checkpoint.path)
    return PromptableNetwork(
        family="sam",
        variant=sizes.variant,
        input=input_rule(sizes.image_side),
        embedding=(EmbeddingTensor("image_embedding", (1, 256, sizes.cells, sizes.cells)),),
        encoder=VitEncoder(model.vision_encoder).eval(),
        decoder=SamDecoder(model.prompt_encoder, model.mask_decoder).eval(),
        decoder_kind="sam",
    )


def input_rule(side: int) -> InputRule:
    """The official `ResizeLongestSide` (torchvision on a PIL image) and `Sam.preprocess`."""
    return InputRule(resize="longest_side", size=side, pixels=Pixels(side, side, MEAN, STD, "pillow"))


def _config(sizes: VitSizes) -> SamConfig:
    prompts = SamPromptEncoderConfig(image_size=sizes.image_side, patch_size=sizes.patch)
    return SamConfig(
        vision_config=SamVisionConfig(**sizes.config()),
        prompt_encoder_config=prompts,
        mask_decoder_config=SamMaskDecoderConfig(layer_norm_eps=DECODER_NORM_EPS),
    )
