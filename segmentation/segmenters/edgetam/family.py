"""EdgeTAM as published: Hugging Face folder `yonigozlan/EdgeTAM-hf`, and the official `edgetam.pt`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import EdgeTamMaskDecoderConfig, EdgeTamPromptEncoderConfig
from transformers.models.edgetam.modeling_edgetam import EdgeTamMaskDecoder, EdgeTamPromptEncoder

from segmentation.segmenters.checkpoint_files import read_checkpoint
from segmentation.segmenters.checkpoint_weights import build_without_weights, load_weights, renamed
from segmentation.segmenters.edgetam.repvit import WIDTHS, RepVit, folded_weights
from segmentation.segmenters.promptable import PromptableNetwork
from segmentation.segmenters.sam2.decoder import DYNAMIC_MULTIMASK, Sam2Decoder, embedding_tensors
from segmentation.segmenters.sam2.family import CELLS, INPUT
from segmentation.segmenters.sam2.names import image_weights
from segmentation.segmenters.sam2.pyramid import ImagePyramid

WIDTH = 256  # of the neck and the decoder
_BACKBONES = ("vision_encoder.backbone.timm_model.", "image_encoder.trunk.body.")


class EdgeTamWeights(nn.Module):
    """All that is loaded, named as in transformers' `EdgeTamModel`."""

    def __init__(self) -> None:
        super().__init__()
        decoder = EdgeTamMaskDecoderConfig()
        decoder._attn_implementation = "sdpa"
        self.vision_encoder = nn.ModuleDict(
            {
                "backbone": RepVit(),
                "neck": nn.ModuleDict(
                    {"convs": nn.ModuleList(nn.Conv2d(width, WIDTH, 1) for width in WIDTHS[::-1])}
                ),
            }
        )
        self.prompt_encoder = EdgeTamPromptEncoder(EdgeTamPromptEncoderConfig())
        self.mask_decoder = EdgeTamMaskDecoder(decoder)
        self.no_memory_embedding = nn.Parameter(torch.zeros(1, 1, WIDTH))


class EdgeTamEncoder(nn.Module):
    """(B, 3, 1024, 1024) -> `image_embedding` (B, 256, 64, 64), `high_res_0`, `high_res_1`."""

    def __init__(self, backbone: RepVit, pyramid: ImagePyramid) -> None:
        super().__init__()
        self.backbone = backbone
        self.pyramid = pyramid

    def forward(self, pixels: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.pyramid(self.backbone(pixels))


def recognises(names: Collection[str]) -> bool:
    """Whether the tensors are of SAM 2's structure with a backbone of timm."""
    return any(name.startswith(_BACKBONES) for name in names)


def load_network(path: Path) -> PromptableNetwork:
    """See `families.Family`. The weights of the video memory are left aside.

    Raises CheckpointRefused.
    """
    checkpoint = read_checkpoint(path, family="edgetam")
    weights = build_without_weights(EdgeTamWeights)
    load_weights(weights, published_weights(checkpoint.tensors), path=path)
    decoder = weights.mask_decoder
    pyramid = ImagePyramid(
        weights.vision_encoder["neck"]["convs"],
        decoder.conv_s0,
        decoder.conv_s1,
        weights.no_memory_embedding.flatten(),
    )
    return PromptableNetwork(
        family="edgetam",
        variant="repvit_m1",
        input=INPUT,
        embedding=embedding_tensors(CELLS),
        encoder=EdgeTamEncoder(weights.vision_encoder["backbone"], pyramid).eval(),
        decoder=Sam2Decoder(weights.prompt_encoder, decoder).eval(),
        decoder_kind="sam2",
        padding_point="always",
        dynamic_multimask=DYNAMIC_MULTIMASK,
    )


def published_weights(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Tensors of either publication under the names of `EdgeTamWeights`."""
    weights = image_weights(tensors)
    weights.pop("shared_image_embedding.positional_embedding", None)
    within = renamed(
        weights, [(r"^vision_encoder\.backbone\.(timm_model|body)\.", "vision_encoder.backbone.")]
    )
    return folded_weights(within)
