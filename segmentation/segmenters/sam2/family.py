"""SAM 2 and 2.1 as published: `sam2*_hiera_*.pt` and Hugging Face folders `facebook/sam2*-hiera-*`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from torch import Tensor
from transformers import Sam2Model

from segmentation.segmenters.checkpoint_files import read_checkpoint
from segmentation.segmenters.checkpoint_weights import build_without_weights, load_weights
from segmentation.segmenters.errors import CheckpointRefused
from segmentation.segmenters.manifest import InputRule, Pixels
from segmentation.segmenters.promptable import PromptableNetwork
from segmentation.segmenters.sam2.decoder import DYNAMIC_MULTIMASK, Sam2Decoder, embedding_tensors
from segmentation.segmenters.sam2.encoder import HieraEncoder
from segmentation.segmenters.sam2.names import image_weights, release
from segmentation.segmenters.sam2.pyramid import ImagePyramid
from segmentation.segmenters.sam2.variants import VARIANTS, HieraVariant, find_variant

SIDE = 1024
CELLS = SIDE // 16
# The official `SAM2Transforms`: stretched to a square as float, normalised as ImageNet.
INPUT = InputRule(
    resize="stretch",
    size=SIDE,
    pixels=Pixels(SIDE, None, (0.485, 0.456, 0.406), (0.229, 0.224, 0.225), "antialias"),
)
_BLOCK = re.compile(r"^(image_encoder\.trunk|vision_encoder\.backbone)\.blocks\.(\d+)\.attn\.qkv\.weight$")


def recognises(names: Collection[str]) -> bool:
    """Whether the tensors are of a Hiera encoder with SAM 2's names."""
    return any(_BLOCK.match(name) for name in names)


def load_network(path: Path) -> PromptableNetwork:
    """See `families.Family`. The weights of the video memory are left aside.

    Raises CheckpointRefused.
    """
    checkpoint = read_checkpoint(path, family="sam2")
    weights = image_weights(checkpoint.tensors)
    variant = _variant(weights, path)
    model = build_without_weights(lambda: Sam2Model(variant.config()))
    load_weights(model, weights, path=path)
    return PromptableNetwork(
        family="sam2",
        variant=f"{release(checkpoint.tensors)}_{variant.name}",
        input=INPUT,
        embedding=embedding_tensors(CELLS),
        encoder=HieraEncoder(model.vision_encoder.backbone, _pyramid(model)).eval(),
        decoder=Sam2Decoder(model.prompt_encoder, model.mask_decoder).eval(),
        decoder_kind="sam2",
        padding_point="always",
        dynamic_multimask=DYNAMIC_MULTIMASK,
    )


def _pyramid(model: Sam2Model) -> ImagePyramid:
    decoder, neck = model.mask_decoder, model.vision_encoder.neck
    return ImagePyramid(neck.convs, decoder.conv_s0, decoder.conv_s1, model.no_memory_embedding.flatten())


def _variant(weights: Mapping[str, Tensor], path: Path) -> HieraVariant:
    stem = weights.get("vision_encoder.backbone.patch_embed.projection.weight")
    blocks = sum(bool(_BLOCK.match(name)) for name in weights)
    variant = None if stem is None else find_variant(width=len(stem), blocks=blocks)
    if variant is None:
        known = ", ".join(known.name for known in VARIANTS)
        raise CheckpointRefused(
            f"{path.name} has {blocks} blocks and is none of SAM 2's published sizes ({known}). "
            "Is it a fine-tuned checkpoint of another network?"
        )
    return variant
