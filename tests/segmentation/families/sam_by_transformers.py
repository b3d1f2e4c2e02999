"""SAM and SAM-HQ by transformers' own models."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from segmentation.geometry import HW
from segmentation.segmenters.manifest import InputRule
from segmentation.segmenters.preprocessing import encoder_input, input_hw
from tests.segmentation.families.comparison import Outputs, prompt_outputs
from tests.segmentation.families.prompts import HALF_PIXEL, PROMPTS, PromptCase


@torch.no_grad()
def sam_outputs(model: Any, image: NDArray[np.uint8], *, rule: InputRule) -> Outputs:
    """As `comparison.network_outputs`, by a `SamModel` or `SamHQModel`, of the embedding only SAM's."""
    encoded = model.vision_encoder(torch.from_numpy(np.asarray(encoder_input(image, rule))))
    maps = {"image_embeddings": encoded.last_hidden_state}
    if hasattr(encoded, "intermediate_embeddings"):
        maps["intermediate_embeddings"] = encoded.intermediate_embeddings
    outputs = {"image_embedding": encoded.last_hidden_state.numpy()}
    model_hw = input_hw(rule, (image.shape[0], image.shape[1]))
    for case in PROMPTS:
        for multimask in (True, False):
            answer = model(**maps, **prompt_inputs(case, model_hw), multimask_output=multimask)
            outputs |= prompt_outputs(
                case, (answer.pred_masks[:, 0], answer.iou_scores[:, 0]), multimask=multimask
            )
    return outputs


def prompt_inputs(case: PromptCase, model_hw: HW) -> dict[str, Tensor]:
    """Points, labels, box and mask as the models take them: pixel indices, one prompt for one image."""
    inputs = {}
    if case.points:
        points = case.points_xy(model_hw) - HALF_PIXEL
        inputs["input_points"] = torch.from_numpy(points)[None, None]
        inputs["input_labels"] = torch.from_numpy(case.point_labels()).long()[None, None]
    box = case.box_xyxy(model_hw)
    if box is not None:
        inputs["input_boxes"] = torch.from_numpy(box - HALF_PIXEL)[None, None]
    mask = case.mask_input((256, 256))
    if mask is not None:
        inputs["input_masks"] = torch.from_numpy(mask)
    return inputs
