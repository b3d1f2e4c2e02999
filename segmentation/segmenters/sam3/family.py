"""The tracker of SAM 3 as published: Hugging Face folder `facebook/sam3`, or the official `sam3.pt` in it.

Both hold a detector as well, of which only the backbone is loaded.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import torch
from torch import nn
from transformers import Sam3TrackerMaskDecoderConfig, Sam3TrackerPromptEncoderConfig, Sam3ViTConfig
from transformers.models.sam3.modeling_sam3 import Sam3FPNLayer, Sam3ViTModel
from transformers.models.sam3_tracker.modeling_sam3_tracker import (
    Sam3TrackerMaskDecoder,
    Sam3TrackerPromptEncoder,
)

from segmentation.segmenters.checkpoint_files import read_checkpoint
from segmentation.segmenters.checkpoint_weights import build_without_weights, load_weights
from segmentation.segmenters.manifest import InputRule, Pixels
from segmentation.segmenters.promptable import PromptableNetwork
from segmentation.segmenters.sam2.decoder import DYNAMIC_MULTIMASK, Sam2Decoder, embedding_tensors
from segmentation.segmenters.sam3.encoder import Sam3Encoder
from segmentation.segmenters.sam3.names import has_tracker, tracker_weights

SIDE = 1008
PATCH = 14
CELLS = SIDE // PATCH
LOW_RES = 4 * CELLS
MASK_STRIDE = 4
# The logits have 288 cells for 1008 pixels, which is no whole stride. So model points are measured in a
# square of 288 * 4 instead: the prompt encoder divides by its side anyway.
POINT_SIDE = LOW_RES * MASK_STRIDE
HALF = (0.5, 0.5, 0.5)
# The official `SAM2Transforms` of SAM 3: stretched to a square as float, values -1 to 1.
INPUT = InputRule(resize="stretch", size=POINT_SIDE, pixels=Pixels(SIDE, None, HALF, HALF, "antialias"))
WIDTH = 256  # of the neck and the decoder
LEVELS = (4.0, 2.0, 1.0)  # of the neck, in cells of the backbone
LAYER_NORM_EPS = 1e-5  # of the official backbone; transformers has 1e-6, which moves embeddings by 2e-5
LICENCE = "SAM License"


class Sam3TrackerWeights(nn.Module):
    """All that is loaded, named as in transformers' `Sam3TrackerModel`."""

    def __init__(self, backbone: Sam3ViTConfig) -> None:
        super().__init__()
        backbone._attn_implementation = "sdpa"
        decoder = Sam3TrackerMaskDecoderConfig()
        decoder._attn_implementation = "sdpa"
        levels = [Sam3FPNLayer(backbone.hidden_size, WIDTH, scale) for scale in LEVELS]
        neck = nn.ModuleDict({"fpn_layers": nn.ModuleList(levels)})
        self.vision_encoder = nn.ModuleDict({"backbone": Sam3ViTModel(backbone), "neck": neck})
        points = Sam3TrackerPromptEncoderConfig(image_size=POINT_SIDE, patch_size=POINT_SIDE // CELLS)
        self.prompt_encoder = Sam3TrackerPromptEncoder(points)
        self.mask_decoder = Sam3TrackerMaskDecoder(decoder)
        self.no_memory_embedding = nn.Parameter(torch.zeros(1, 1, WIDTH))


def recognises(names: Collection[str]) -> bool:
    """Whether the tensors are of SAM 3 with its tracker."""
    return has_tracker(names)


def load_network(path: Path) -> PromptableNetwork:
    """See `families.Family`. Raises CheckpointRefused."""
    return tracker_network(path, Sam3ViTConfig(layer_norm_eps=LAYER_NORM_EPS))


def tracker_network(path: Path, backbone: Sam3ViTConfig) -> PromptableNetwork:
    """`load_network` for a backbone of other depth or width than the published one."""
    checkpoint = read_checkpoint(path, family="sam3")
    weights = build_without_weights(lambda: Sam3TrackerWeights(backbone))
    load_weights(weights, tracker_weights(checkpoint.tensors), path=path)
    decoder = weights.mask_decoder
    encoder = Sam3Encoder(
        weights.vision_encoder["backbone"],
        weights.vision_encoder["neck"]["fpn_layers"],
        decoder.conv_s0,
        decoder.conv_s1,
        weights.no_memory_embedding.flatten(),
    )
    return PromptableNetwork(
        family="sam3",
        variant="sam3_tracker",
        input=INPUT,
        embedding=embedding_tensors(CELLS),
        encoder=encoder.eval(),
        decoder=Sam2Decoder(weights.prompt_encoder, decoder).eval(),
        decoder_kind="sam2",
        padding_point="always",
        low_res_hw=(LOW_RES, LOW_RES),
        dynamic_multimask=DYNAMIC_MULTIMASK,
        licence=LICENCE,
    )
