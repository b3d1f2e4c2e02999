"""What every family's loader answers: one network in torch, cut where the browser takes over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from torch import nn

from segmentation.segmenters.manifest import InputRule, PaddingPoint

# Which restructured decoder export fits: by the structure of the decoder, not by the family.
DecoderKind = Literal["sam", "sam_hq", "sam2", "efficient_sam"]


@dataclass(frozen=True)
class EmbeddingTensor:
    """One tensor of the image embedding, as the manifest lists it."""

    name: str
    dims: tuple[int, ...]  # with batch 1


@dataclass(frozen=True, eq=False)
class PromptableNetwork:
    """A loaded network in eval mode, float32, on the CPU.

    `encoder(pixels)`: (B, 3, h, w) float32, resized, normalised and padded as `input` says -> one
    tensor (B, ...) for each entry of `embedding`, in this order. All that depends on the image alone
    and is not the decoder's own attention belongs to it (SAM 2's conv_s0 and conv_s1, SAM-HQ's
    features of early layers).

    `decoder(*embedding, point_coords, point_labels, mask_input)`: batch 1; point_coords (1, N, 2) model
    points (continuous: the half pixel that official prompt encoders add is in them), point_labels (1, N)
    float32 with 1, 0, 2/3 box corners, -1 padding (fed as `padding_point` says, never added here);
    mask_input (1, 1, h, w) low-res logits, or None -> low_res_logits (1, T, h, w) and predicted_iou (1, T)
    for all T mask tokens, unselected: token 0 is the single-mask output, 1.. are the multi-mask outputs. It
    is the plain reference that the exported graphs are compared with. Its submodules `prompt_encoder` and
    `mask_decoder` are named as in transformers (SamPromptEncoder, SamMaskDecoder; Sam2PromptEncoder, ...).
    """

    family: str
    variant: str  # "vit_b", "hiera_tiny", ...
    input: InputRule
    embedding: tuple[EmbeddingTensor, ...]
    encoder: nn.Module
    decoder: nn.Module
    decoder_kind: DecoderKind
    padding_point: PaddingPoint = "without_box"
    low_res_hw: tuple[int, int] = (256, 256)  # of the logits, padding included
    mask_threshold: float = 0.0
    takes_mask: bool = True  # earlier logits; if not, `mask_input` is None and there is no refine graph
    # SAM 2: where the single mask is unstable, the best of the others is given instead.
    dynamic_multimask: tuple[float, float] | None = None  # (stability_delta, stability_threshold)
    licence: str = "Apache-2.0"  # of the code and weights, SPDX or a short name

    @property
    def parameters(self) -> int:
        return sum(
            parameter.numel() for part in (self.encoder, self.decoder) for parameter in part.parameters()
        )
