"""Tensors of the official `sam_hq_vit_*.pth` under transformers' names (`SamHQModel`)."""

from __future__ import annotations

from collections.abc import Mapping

from torch import Tensor

from segmentation.segmenters.checkpoint_weights import renamed
from segmentation.segmenters.sam.names import transformers_names as sam_names

FINER_MASKS = (
    (r"^mask_decoder\.hf_token\.", "mask_decoder.hq_token."),
    (r"^mask_decoder\.hf_mlp\.layers\.0\.", "mask_decoder.hq_mask_mlp.proj_in."),
    (r"^mask_decoder\.hf_mlp\.layers\.1\.", "mask_decoder.hq_mask_mlp.layers.0."),
    (r"^mask_decoder\.hf_mlp\.layers\.2\.", "mask_decoder.hq_mask_mlp.proj_out."),
    (r"^mask_decoder\.compress_vit_feat\.0\.", "mask_decoder.compress_vit_conv1."),
    (r"^mask_decoder\.compress_vit_feat\.1\.", "mask_decoder.compress_vit_norm."),
    (r"^mask_decoder\.compress_vit_feat\.3\.", "mask_decoder.compress_vit_conv2."),
    (r"^mask_decoder\.embedding_encoder\.0\.", "mask_decoder.encoder_conv1."),
    (r"^mask_decoder\.embedding_encoder\.1\.", "mask_decoder.encoder_norm."),
    (r"^mask_decoder\.embedding_encoder\.3\.", "mask_decoder.encoder_conv2."),
    (r"^mask_decoder\.embedding_maskfeature\.0\.", "mask_decoder.mask_conv1."),
    (r"^mask_decoder\.embedding_maskfeature\.1\.", "mask_decoder.mask_norm."),
    (r"^mask_decoder\.embedding_maskfeature\.3\.", "mask_decoder.mask_conv2."),
)


def transformers_names(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """All tensors named as in transformers' `SamHQModel`; unknown names stay, for the loader to refuse."""
    return sam_names(renamed(tensors, FINER_MASKS))
