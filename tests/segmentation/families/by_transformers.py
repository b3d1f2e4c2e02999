"""Networks of SAM 2's structure by transformers' own models."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from segmentation.geometry import HW
from segmentation.segmenters.manifest import InputRule
from segmentation.segmenters.preprocessing import encoder_input
from tests.segmentation.families.comparison import Outputs, prompt_outputs
from tests.segmentation.families.prompts import HALF_PIXEL, PROMPTS, PromptCase


@torch.no_grad()
def model_outputs(
    model: Any, image: NDArray[np.uint8], *, rule: InputRule, low_res_hw: HW, side: int
) -> Outputs:
    """As `comparison.network_outputs`, by a `Sam2Model`, `EdgeTamModel` or `Sam3TrackerModel`.

    `side` is of the square in which the model takes its points.
    """
    pixels = torch.from_numpy(np.asarray(encoder_input(image, rule)))
    high_res_0, high_res_1, embedding = maps = model.get_image_embeddings(pixels)
    outputs = {
        "image_embedding": embedding.numpy(),
        "high_res_0": high_res_0.numpy(),
        "high_res_1": high_res_1.numpy(),
    }
    for case in PROMPTS:
        mask = case.mask_input(low_res_hw)
        for multimask in (True, False):
            answer = model(
                image_embeddings=maps,
                **point_inputs(case, rule.size, side),
                input_masks=None if mask is None else torch.from_numpy(mask),
                multimask_output=multimask,
            )
            outputs |= prompt_outputs(
                case, (answer.pred_masks[:, 0], answer.iou_scores[:, 0]), multimask=multimask
            )
    return outputs


def point_inputs(case: PromptCase, size: int, side: int) -> dict[str, Tensor]:
    """Points and box as two labelled points more; the model appends the padding point."""
    coords, labels = case.graph_inputs((size, size), "without_box")
    if case.box is None:
        coords, labels = coords[:, :-1], labels[:, :-1]
    in_model = coords * (side / size) - HALF_PIXEL
    return {
        "input_points": torch.from_numpy(in_model.astype(np.float32))[:, None],
        "input_labels": torch.from_numpy(labels).long()[:, None],
    }
