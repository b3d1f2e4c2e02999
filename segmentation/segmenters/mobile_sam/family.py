"""MobileSAM as published: `mobile_sam.pt` of the authors."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from segmentation.segmenters.batch_norms import fold_batch_norms
from segmentation.segmenters.checkpoint_files import read_checkpoint
from segmentation.segmenters.checkpoint_weights import build_without_weights, load_weights
from segmentation.segmenters.mobile_sam.tiny_vit import IMAGE_SIDE, TinyViT
from segmentation.segmenters.promptable import EmbeddingTensor, PromptableNetwork
from segmentation.segmenters.sam.decoder import SamDecoder
from segmentation.segmenters.sam.family import DECODER_NORM_EPS, input_rule
from segmentation.segmenters.sam.names import transformers_names
from segmentation.segmenters.sam.other_encoders import sam_model_with

BATCH_NORM_EPS = 1e-5
CLASSIFIER = ("image_encoder.norm_head.", "image_encoder.head.")  # of the pretraining; published, never used


def recognises(names: Collection[str]) -> bool:
    """Whether the tensors are of TinyViT and of SAM's decoder."""
    return (
        "image_encoder.layers.0.blocks.0.conv1.c.weight" in names and "mask_decoder.iou_token.weight" in names
    )


def load_network(path: Path) -> PromptableNetwork:
    """See `families.Family`. Raises CheckpointRefused."""
    checkpoint = read_checkpoint(path, family="mobile_sam")
    used = {name: tensor for name, tensor in checkpoint.tensors.items() if not name.startswith(CLASSIFIER)}
    weights = transformers_names(fold_batch_norms(used, convolution="c", norm="bn", eps=BATCH_NORM_EPS))
    model = build_without_weights(lambda: sam_model_with(TinyViT(), decoder_norm_eps=DECODER_NORM_EPS))
    load_weights(model, weights, path=path)
    return PromptableNetwork(
        family="mobile_sam",
        variant="vit_t",
        input=input_rule(IMAGE_SIDE),
        embedding=(EmbeddingTensor("image_embedding", (1, 256, 64, 64)),),
        encoder=model.vision_encoder.eval(),
        decoder=SamDecoder(model.prompt_encoder, model.mask_decoder).eval(),
        decoder_kind="sam",
    )
