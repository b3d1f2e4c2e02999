"""Tensors of the official `sam_vit_*.pth` under transformers' names (`SamModel`)."""

from __future__ import annotations

from collections.abc import Mapping

from torch import Tensor

from segmentation.segmenters.checkpoint_weights import renamed

_HEADS = r"(output_hypernetworks_mlps\.\d+|iou_prediction_head|pred_obj_score_head)"

IMAGE_ENCODER = (
    (r"^image_encoder\.patch_embed\.proj\.", "vision_encoder.patch_embed.projection."),
    (r"^image_encoder\.blocks\.(\d+)\.norm(\d)\.", r"vision_encoder.layers.\1.layer_norm\2."),
    (r"^image_encoder\.blocks\.", "vision_encoder.layers."),
    (r"^image_encoder\.neck\.0\.", "vision_encoder.neck.conv1."),
    (r"^image_encoder\.neck\.1\.", "vision_encoder.neck.layer_norm1."),
    (r"^image_encoder\.neck\.2\.", "vision_encoder.neck.conv2."),
    (r"^image_encoder\.neck\.3\.", "vision_encoder.neck.layer_norm2."),
    (r"^image_encoder\.", "vision_encoder."),
)

# Of the prompt encoder and of the mask decoder around its transformer; SAM 2's have the same names.
PROMPTS_AND_HEADS = (
    (rf"{_HEADS}\.layers\.0\.", r"\1.proj_in."),
    (rf"{_HEADS}\.layers\.2\.", r"\1.proj_out."),
    (rf"{_HEADS}\.layers\.1\.", r"\1.layers.0."),
    (r"^mask_decoder\.output_upscaling\.0\.", "mask_decoder.upscale_conv1."),
    (r"^mask_decoder\.output_upscaling\.1\.", "mask_decoder.upscale_layer_norm."),
    (r"^mask_decoder\.output_upscaling\.3\.", "mask_decoder.upscale_conv2."),
    (r"^prompt_encoder\.mask_downscaling\.0\.", "prompt_encoder.mask_embed.conv1."),
    (r"^prompt_encoder\.mask_downscaling\.1\.", "prompt_encoder.mask_embed.layer_norm1."),
    (r"^prompt_encoder\.mask_downscaling\.3\.", "prompt_encoder.mask_embed.conv2."),
    (r"^prompt_encoder\.mask_downscaling\.4\.", "prompt_encoder.mask_embed.layer_norm2."),
    (r"^prompt_encoder\.mask_downscaling\.6\.", "prompt_encoder.mask_embed.conv3."),
    (r"^prompt_encoder\.point_embeddings\.", "prompt_encoder.point_embed."),
    (
        r"^prompt_encoder\.pe_layer\.positional_encoding_gaussian_matrix$",
        "prompt_encoder.shared_embedding.positional_embedding",
    ),
)

TRANSFORMER = ((r"^(mask_decoder\.transformer\..*)\bnorm(\d|_final_attn)\.", r"\1layer_norm\2."),)

_SHARED = (
    "prompt_encoder.shared_embedding.positional_embedding",
    "shared_image_embedding.positional_embedding",
)


def is_official(names: Mapping[str, Tensor]) -> bool:
    """Whether the tensors have the names of the official code, not those of transformers."""
    return any(name.startswith("image_encoder.") for name in names)


def transformers_names(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """All tensors named as in transformers' `SamModel`; unknown names stay, for the loader to refuse."""
    rules = (*IMAGE_ENCODER, *TRANSFORMER, *PROMPTS_AND_HEADS) if is_official(tensors) else ()
    return with_both_copies(renamed(tensors, rules))


def with_both_copies(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """The one matrix of the positional encoding has two names in transformers; files hold one or both."""
    held = [weights[name] for name in _SHARED if name in weights]
    return weights | {name: weights.get(name, held[0]) for name in _SHARED if held}
