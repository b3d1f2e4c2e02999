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
from segmentation.segmenters.sam.names import PROMPTS_AND_HEADS, with_both_copies

OFFICIAL_TO_TRANSFORMERS = (
    (r"^image_encoder\.trunk\.", "vision_encoder.backbone."),
    (r"^image_encoder\.neck\.convs\.(\d+)\.conv\.", r"vision_encoder.neck.convs.\1."),
    (r"^sam_(prompt_encoder|mask_decoder)\.", r"\1."),
    (r"^no_mem_embed$", "no_memory_embedding"),
    (r"\.patch_embed\.proj\.", ".patch_embed.projection."),
    (r"\.norm(\d|_final_attn)\.", r".layer_norm\1."),
    (r"^(mask_decoder\.transformer\..*)\.out_proj\.", r"\1.o_proj."),
    # Perceptrons of two layers; those of three are the heads'.
    (r"\.mlp\.layers\.0\.", ".mlp.proj_in."),
    (r"\.mlp\.layers\.1\.", ".mlp.proj_out."),
    *PROMPTS_AND_HEADS,
)

# Of a video's memory, by official name or by transformers'.
VIDEO_PARTS = re.compile(
    r"^(memory_|maskmem_tpos_enc$|mask_downsample\.|spatial_perceiver\.|"
    r"no_mem_pos_enc$|no_memory_positional_encoding$|no_obj_ptr$|no_object_pointer$|"
    r"obj_ptr_proj\.|object_pointer_proj\.|obj_ptr_tpos_proj\.|temporal_positional_encoding_projection_layer\.|"
    r"no_obj_embed_spatial$|occlusion_spatial_embedding_parameter$)"
)
SINCE_2_1 = {"no_obj_embed_spatial", "occlusion_spatial_embedding_parameter"}

_POINT = "prompt_encoder.point_embed.{}.weight"  # one tensor for each of the labels 0 to 3
_POINTS = "prompt_encoder.point_embed.weight"  # (4, 256), the same in one


def image_weights(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """All that an image needs, named as in `Sam2Model`; unknown names stay, for the loader to refuse."""
    # By whose names they are is asked of all at once: `layers.0` of a head is another one in each.
    official = any(name.startswith("sam_mask_decoder.") for name in tensors)
    under_our_names = renamed(tensors, OFFICIAL_TO_TRANSFORMERS) if official else tensors
    weights = {name: tensor for name, tensor in under_our_names.items() if not VIDEO_PARTS.match(name)}
    if all(_POINT.format(label) in weights for label in range(4)):
        weights[_POINTS] = torch.cat([weights.pop(_POINT.format(label)) for label in range(4)])
    return with_both_copies(weights)


def release(names: Iterable[str]) -> str:
    """ "sam2.1" or "sam2": 2.1 brought a tensor for occluded objects. On images the two read alike."""
    return "sam2.1" if SINCE_2_1 & set(names) else "sam2"
