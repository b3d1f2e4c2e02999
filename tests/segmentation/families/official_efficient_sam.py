"""EfficientSAM by its authors' code: asked for golden numbers, inside `official_packages()`."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from segmentation.prompts import BOX_FIRST_CORNER, BOX_SECOND_CORNER
from tests.segmentation.families.checkouts import Checkout
from tests.segmentation.families.comparison import Outputs, prompt_outputs
from tests.segmentation.families.official import OfficialNetwork
from tests.segmentation.families.official_sam import ALL_IMAGES
from tests.segmentation.families.prompts import HALF_PIXEL, PROMPTS, PromptCase

CHECKOUT = Checkout("yformer/EfficientSAM", "d525f622e6f640acf5a0fc37c7ca1f243da5bde0")
PACKAGES = ("torch",)
SIDE = 1024
WIDTHS_AND_HEADS = {"vitt": (192, 3), "vits": (384, 6)}
IMAGES = {"vitt": ALL_IMAGES, "vits": ("landscape",)}


def networks() -> Iterator[OfficialNetwork]:
    CHECKOUT.put_on_path()
    build = importlib.import_module("efficient_sam.efficient_sam").build_efficient_sam
    for variant, (width, heads) in WIDTHS_AND_HEADS.items():
        yield OfficialNetwork(f"efficient_sam_{variant}", build(width, heads), IMAGES[variant], outputs)


@torch.no_grad()
def outputs(model: Any, image: NDArray[np.uint8]) -> Outputs:
    """As `comparison.network_outputs`; it has no predictor and takes no mask prompts."""
    planes = torch.from_numpy(image).permute(2, 0, 1)[None].float() / 255  # torchvision's ToTensor
    embedding = model.get_image_embeddings(planes)
    answered = {"image_embedding": embedding.numpy()}
    for case in PROMPTS:
        if case.mask:
            continue
        points, labels = _points_and_corners(case)
        for multimask in (True, False):
            logits, scores = model.predict_masks(embedding, points, labels, multimask, SIDE, SIDE)
            answered |= prompt_outputs(case, (logits[:, 0], scores[:, 0]), multimask=multimask)
    return answered


def _points_and_corners(case: PromptCase) -> tuple[torch.Tensor, torch.Tensor]:
    """(1, 1, N, 2) and (1, 1, N): one query."""
    points, labels = case.points_xy((SIDE, SIDE)), case.point_labels()
    box = case.box_xyxy((SIDE, SIDE))
    if box is not None:
        points = np.concatenate([points, box.reshape(2, 2)])
        labels = np.append(labels, np.array([BOX_FIRST_CORNER, BOX_SECOND_CORNER], np.float32))
    return torch.from_numpy(points - HALF_PIXEL)[None, None], torch.from_numpy(labels)[None, None]
