"""SAM 2 by its authors' package, sam2: asked for golden numbers, inside `official_packages()`."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from segmentation.geometry import HW
from tests.segmentation.families.comparison import Outputs, prompt_outputs
from tests.segmentation.families.official import OfficialNetwork
from tests.segmentation.families.prompts import HALF_PIXEL, PROMPTS

SIDE = 1024
LOW_RES_HW = (256, 256)

# The package's configurations, and on which images each is asked; none: names and shapes alone are recorded.
NETWORKS: dict[str, tuple[str, tuple[str, ...]]] = {
    "sam2.1_hiera_tiny": ("configs/sam2.1/sam2.1_hiera_t.yaml", ("landscape", "portrait", "square", "tiny")),
    "sam2.1_hiera_small": ("configs/sam2.1/sam2.1_hiera_s.yaml", ("portrait",)),
    "sam2.1_hiera_base_plus": ("configs/sam2.1/sam2.1_hiera_b+.yaml", ("landscape",)),
    "sam2.1_hiera_large": ("configs/sam2.1/sam2.1_hiera_l.yaml", ("square",)),
    "sam2_hiera_tiny": ("configs/sam2/sam2_hiera_t.yaml", ()),
    "sam2_hiera_small": ("configs/sam2/sam2_hiera_s.yaml", ()),
    "sam2_hiera_base_plus": ("configs/sam2/sam2_hiera_b+.yaml", ()),
    "sam2_hiera_large": ("configs/sam2/sam2_hiera_l.yaml", ()),
}
PACKAGES = ("sam2", "torch", "torchvision")
WRAPPED = "model"  # the key under which published files keep the weights


def networks() -> Iterator[OfficialNetwork]:
    build = importlib.import_module("sam2.build_sam").build_sam2
    for name, (configuration, images) in NETWORKS.items():
        yield OfficialNetwork(name, build(configuration, device="cpu"), images, outputs)


def outputs(model: Any, image: NDArray[np.uint8]) -> Outputs:
    """As `comparison.network_outputs`, by `SAM2ImagePredictor`."""
    predictor = importlib.import_module("sam2.sam2_image_predictor").SAM2ImagePredictor(model)
    return predictor_outputs(predictor, image, size=SIDE, side=SIDE, low_res_hw=LOW_RES_HW)


@torch.no_grad()
def predictor_outputs(
    predictor: Any, image: NDArray[np.uint8], *, size: int, side: int, low_res_hw: HW
) -> Outputs:
    """By a `SAM2ImagePredictor`, or the like of a relative's code.

    `size` is of the square of our model points, `side` of the one in which the predictor takes its own.
    """
    predictor.set_image(image)
    features = predictor._features
    maps = (features["image_embed"], *features["high_res_feats"])
    names = ("image_embedding", "high_res_0", "high_res_1")
    answered = {name: tensor.numpy() for name, tensor in zip(names, maps, strict=True)}
    for case in PROMPTS:
        points, box = case.points_xy((size, size)), case.box_xyxy((size, size))
        mask = case.mask_input(low_res_hw)
        for multimask in (True, False):
            scores, logits = predictor.predict(
                points / size - HALF_PIXEL / side if len(points) else None,
                case.point_labels() if len(points) else None,
                None if box is None else box / size - HALF_PIXEL / side,
                None if mask is None else mask[0],
                multimask_output=multimask,
                normalize_coords=False,  # they are parts of the sides already
            )[1:]
            answer = torch.from_numpy(logits)[None], torch.from_numpy(scores)[None]
            answered |= prompt_outputs(case, answer, multimask=multimask)
    return answered
