"""SAM's prompt encoder and mask decoder behind the image encoders of others."""

from __future__ import annotations

from torch import nn
from transformers import SamConfig, SamMaskDecoderConfig, SamModel


def sam_model_with(vision_encoder: nn.Module, *, decoder_norm_eps: float) -> SamModel:
    """transformers' `SamModel` for pictures of 1024 x 1024 with another image encoder, before its weights.

    Make it inside `build_without_weights`: then the encoder that it replaces costs nothing.
    """
    config = SamMaskDecoderConfig(layer_norm_eps=decoder_norm_eps)
    model = SamModel(SamConfig(mask_decoder_config=config))
    model.vision_encoder = vision_encoder
    return model
