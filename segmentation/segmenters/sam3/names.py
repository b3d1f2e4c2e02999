"""Tensors of SAM 3 under the names of transformers' `Sam3TrackerModel`, the detector left out.

Published are a Hugging Face folder (`tracker_model.`, `tracker_neck.`, `detector_model.`) and the official
`sam3.pt` (`tracker.`, `detector.`). Tracker and detector share the backbone, which lies with the detector.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from torch import Tensor

from segmentation.segmenters.checkpoint_weights import renamed
from segmentation.segmenters.sam2.names import image_weights

FOLDER_TO_TRACKER = (
    (r"^tracker_model\.", ""),
    (r"^tracker_neck\.", "vision_encoder.neck."),
    (r"^detector_model\.vision_encoder\.backbone\.", "vision_encoder.backbone."),
)
OFFICIAL_TO_TRACKER = (
    (r"^tracker\.", ""),
    (r"^detector\.backbone\.vision_backbone\.trunk\.", "vision_encoder.backbone."),
    (r"^detector\.backbone\.vision_backbone\.sam2_convs\.", "vision_encoder.neck.fpn_layers."),
    (r"\.backbone\.pos_embed$", ".backbone.embeddings.position_embeddings"),
    (r"\.backbone\.patch_embed\.proj\.", ".backbone.embeddings.patch_embeddings.projection."),
    (r"\.backbone\.ln_pre\.", ".backbone.layer_norm."),
    (r"\.backbone\.blocks\.(\d+)\.", r".backbone.layers.\1."),
    (r"\.backbone\.layers\.(\d+)\.norm(\d)\.", r".backbone.layers.\1.layer_norm\2."),
    (r"\.attn\.proj\.", ".attention.o_proj."),
    (r"\.attn\.", ".attention."),
    (r"\.dconv_2x2(_0)?\.", ".scale_layers.0."),
    (r"\.dconv_2x2_1\.", ".scale_layers.2."),
    (r"\.conv_1x1\.", ".proj1."),
    (r"\.conv_3x3\.", ".proj2."),
    (r"\.mlp\.lin1\.", ".mlp.proj_in."),  # the rest of the decoder's names are SAM 2's
    (r"\.mlp\.lin2\.", ".mlp.proj_out."),
)

# The rest of the detector, the video memory as SAM 3 names it, rotary angles, which are computed here, and
# the neck's fourth level, which the official code drops (`scalp=1`).
_UNREAD = re.compile(
    r"^(detector_model\.|detector\.|maskmem_backbone\.|transformer\.|"
    r"vision_encoder\.neck\.fpn_layers\.3\.|.*\.attention\.freqs_cis$)"
)
_TRACKER_NECK = re.compile(
    r"^(tracker_neck|tracker_model\.tracker_neck|vision_encoder\.neck)\.fpn_layers\.0\."
    r"|^detector\.backbone\.vision_backbone\.sam2_convs\.0\."
)
_POSITIONS = "vision_encoder.backbone.embeddings.position_embeddings"


def has_tracker(names: Collection[str]) -> bool:
    """Whether the tensors are of SAM 3 with its tracker."""
    return any(_TRACKER_NECK.match(name) for name in names)


def tracker_weights(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """All that points and boxes need; unknown names stay, for the loader to refuse."""
    official = any(name.startswith("tracker.") for name in tensors)
    under_our_names = renamed(tensors, OFFICIAL_TO_TRACKER if official else FOLDER_TO_TRACKER)
    # A folder has the neck at its top, or within the tracker.
    under_our_names = renamed(under_our_names, FOLDER_TO_TRACKER[1:2])
    read = {name: tensor for name, tensor in under_our_names.items() if not _UNREAD.match(name)}
    weights = image_weights(_separate_projections(read))
    weights.pop("shared_image_embedding.positional_embedding", None)
    if official and _POSITIONS in weights:
        weights[_POSITIONS] = weights[_POSITIONS][:, 1:]  # the first belongs to a class token, unused here
    return weights


def _separate_projections(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """`….attention.qkv.*` as three tensors."""
    separate = dict(weights)
    for name in [name for name in weights if ".attention.qkv." in name]:
        for part, tensor in zip("qkv", separate.pop(name).chunk(3), strict=True):
            separate[name.replace(".qkv.", f".{part}_proj.")] = tensor
    return separate
