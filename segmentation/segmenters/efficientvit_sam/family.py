"""EfficientViT-SAM as published: `efficientvit_sam_l0.pt`, `_l1`, `_l2`, `_xl0` and `_xl1` of the authors."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from torch import Tensor
from transformers import SamModel

from segmentation.segmenters.batch_norms import fold_batch_norms
from segmentation.segmenters.checkpoint_files import read_checkpoint
from segmentation.segmenters.checkpoint_weights import build_without_weights, load_weights, renamed
from segmentation.segmenters.efficientvit_sam.encoder import EfficientViT
from segmentation.segmenters.efficientvit_sam.shapes import VARIANTS, EncoderShape, find_variant
from segmentation.segmenters.errors import CheckpointRefused
from segmentation.segmenters.manifest import InputRule, Pixels
from segmentation.segmenters.promptable import EmbeddingTensor, PromptableNetwork
from segmentation.segmenters.sam.decoder import SamDecoder
from segmentation.segmenters.sam.family import MEAN, STD
from segmentation.segmenters.sam.names import transformers_names
from segmentation.segmenters.sam.other_encoders import sam_model_with

POINT_SIDE = 1024  # model points are measured here, whatever the encoder sees
NORM_EPS = 1e-6  # the official `create_efficientvit_sam_model` gives it to every norm, the decoder's included
WRAPPERS = ((r"\.op_list(?=\.)", ""), (r"\.main(?=\.)", ""))  # of the encoder; the decoder has no such names


def recognises(names: Collection[str]) -> bool:
    """Whether the tensors are of an EfficientViT with SAM's decoder."""
    return (
        "image_encoder.backbone.stages.0.op_list.0.conv.weight" in names
        and "mask_decoder.iou_token.weight" in names
    )


def load_network(path: Path) -> PromptableNetwork:
    """See `families.Family`. Raises CheckpointRefused."""
    checkpoint = read_checkpoint(path, family="efficientvit_sam")
    variant = find_variant(checkpoint.tensors)
    if variant is None:
        known = ", ".join(name.upper() for name in VARIANTS)
        raise CheckpointRefused(
            f"{path.name} has another number of blocks than EfficientViT-SAM's published sizes ({known}). "
            "Is it complete?"
        )
    shape = VARIANTS[variant]
    model = build_without_weights(lambda: sam_model(shape))
    load_weights(model, official_weights(checkpoint.tensors), path=path)
    side = shape.image_side
    return PromptableNetwork(
        family="efficientvit_sam",
        variant=variant,
        input=InputRule("longest_side", POINT_SIDE, pixels=Pixels(side, side, MEAN, STD, "pillow")),
        embedding=(EmbeddingTensor("image_embedding", (1, 256, 64, 64)),),
        encoder=model.vision_encoder.eval(),
        decoder=SamDecoder(model.prompt_encoder, model.mask_decoder).eval(),
        decoder_kind="sam",
    )


def sam_model(shape: EncoderShape) -> SamModel:
    """The whole network, before its weights."""
    model = sam_model_with(EfficientViT(shape), decoder_norm_eps=NORM_EPS)
    model.mask_decoder.transformer.layer_norm_final_attn.eps = NORM_EPS  # transformers keeps torch's default
    return model


def official_weights(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Published tensors under the names of `sam_model`; unknown names stay, for the loader to refuse."""
    folded = fold_batch_norms(tensors, convolution="conv", norm="norm", eps=NORM_EPS)
    return transformers_names(renamed(folded, WRAPPERS))
