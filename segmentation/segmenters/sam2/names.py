"""Tensors of SAM 2 and its relatives under transformers' names, the video memory left out.

The official files (`sam2*_hiera_*.pt`, `edgetam.pt`) name their modules as the official `SAM2Base`, Hugging
Face folders as `Sam2VideoModel`. Images need the encoder, the prompt encoder, the mask decoder and the one
vector for "no memory yet"; all that belongs to the memory of a video is known by name and not loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import torch
from torch import Tensor

from segmentation.segmenters.checkpoint_weights import renamed

_HEADS = r"(output_hypernetworks_mlps\.\d+|iou_prediction_head|pred_obj_score_head)"

OFFICIAL_TO_TRANSFORMERS = (
    (r"^image_encoder\.trunk\.", "vision_encoder.backbone."),
    (r"^image_encoder\.neck\.convs\.(\d+)\.conv\.", r"vision_encoder.neck.convs.\1."),
    (r"^sam_(prompt_encoder|mask_decoder)\.", r"\1."),
    (r"^no_mem_embed$", "no_memory_embedding"),
    (r"\.patch_embed\.proj\.", ".patch_embed.projection."),
    (r"\.norm(\d|_final_attn)\.", r".layer_norm\1."),
    (r"^(mask_decoder\.transformer\..*)\.out_proj\.", r"\1.o_proj."),
    # Perceptrons of two layers, then the heads' of three.
    (r"\.mlp\.layers\.0\.", ".mlp.proj_in."),
    (r"\.mlp\.layers\.1\.", ".mlp.proj_out."),
    (rf"{_HEADS}\.layers\.0\.", r"\1.proj_in."),
    (rf"{_HEADS}\.layers\.2\.", r"\1.proj_out."),
    (rf"{_HEADS}\.layers\.1\.", r"\1.layers.0."),
    (r"^mask_decoder\.output_upscaling\.0\.", "mask_decoder.upscale_conv1."),
    (r"^mask_decoder\.output_upscaling\.1\.", "mask_decoder.upscale_layer_norm."),
    (r"^mask_decoder\.output_upscaling\.3\.", "mask_decoder.upscale_conv2."),
    (r"\.mask_downscaling\.0\.", ".mask_embed.conv1."),
    (r"\.mask_downscaling\.1\.", ".mask_embed.layer_norm1."),
    (r"\.mask_downscaling\.3\.", ".mask_embed.conv2."),
    (r"\.mask_downscaling\.4\.", ".mask_embed.layer_norm2."),
    (r"\.mask_downscaling\.6\.", ".mask_embed.conv3."),
    (r"\.pe_layer\.positional_encoding_gaussian_matrix$", ".shared_embedding.positional_embedding"),
)

# Of a video's memory, by official name or by transformers'.
VIDEO_PARTS = re.compile(
    r"^(memory_|maskmem_tpos_enc$|mask_downsample\.|spatial_perceiver\.|"
    r"no_mem_pos_enc$|no_memory_positional_encoding$|no_obj_ptr$|no_object_pointer$|"
    r"obj_ptr_proj\.|object_pointer_proj\.|obj_ptr_tpos_proj\.|temporal_positional_encoding_projection_layer\.|"
    r"no_obj_embed_spatial$|occlusion_spatial_embedding_parameter$)"
)
SINCE_2_1 = {"no_obj_embed_spatial", "occlusion_spatial_embedding_parameter"}

_SHARED = (
    "prompt_encoder.shared_embedding.positional_embedding",
    "shared_image_embedding.positional_embedding",
)
_POINT = "prompt_encoder.point_embeddings.{}.weight"  # one tensor for each of the labels 0 to 3
_POINTS = "prompt_encoder.point_embed.weight"  # (4, 256), the same in one


def image_weights(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """All that an image needs, named as in `Sam2Model`; unknown names stay, for the loader to refuse."""
    # By whose names they are is asked of all at once: `layers.0` of a head is another one in each.
    official = any(name.startswith("sam_mask_decoder.") for name in tensors)
    under_our_names = renamed(tensors, OFFICIAL_TO_TRANSFORMERS) if official else tensors
    weights = {name: tensor for name, tensor in under_our_names.items() if not VIDEO_PARTS.match(name)}
    if all(_POINT.format(label) in weights for label in range(4)):
        weights[_POINTS] = torch.cat([weights.pop(_POINT.format(label)) for label in range(4)])
    for name in _SHARED:  # one tensor, of which files hold one or both copies
        twin = weights.get(name)
        if twin is not None:
            weights |= {other: weights.get(other, twin) for other in _SHARED}
    return weights


def release(names: Iterable[str]) -> str:
    """ "sam2.1" or "sam2": 2.1 brought a tensor for occluded objects. On images the two read alike."""
    return "sam2.1" if SINCE_2_1 & set(names) else "sam2"
