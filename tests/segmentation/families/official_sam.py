"""SAM by its authors' package, segment-anything: asked for golden numbers, inside `official_packages()`."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from tests.segmentation.families.comparison import Outputs, prompt_outputs
from tests.segmentation.families.official import OfficialNetwork
from tests.segmentation.families.prompts import HALF_PIXEL, PROMPTS, Array
from tests.segmentation.families.seeded_weights import fill_seeded


@dataclass(frozen=True)
class Sizes:
    """Arguments of the official constructor, and on which images the network is asked."""

    width: int
    depth: int
    heads: int
    global_layers: tuple[int, ...]
    images: tuple[str, ...] = ()  # none: names and shapes alone are recorded


ALL_IMAGES = ("landscape", "portrait", "square", "tiny")
NETWORKS = {
    "sam_vit_b": Sizes(768, 12, 12, (2, 5, 8, 11), ("landscape",)),
    "sam_vit_l": Sizes(1024, 24, 16, (5, 11, 17, 23)),
    "sam_vit_h": Sizes(1280, 32, 16, (7, 15, 23, 31)),
    # Two blocks, one with windows and one without, are quick enough for every image.
    "sam_vit_b_2_blocks": Sizes(768, 2, 12, (1,), ALL_IMAGES),
    "sam_vit_l_2_blocks": Sizes(1024, 2, 16, (1,), ("square",)),
    "sam_vit_h_2_blocks": Sizes(1280, 2, 16, (1,), ("square",)),
}
PACKAGES = ("segment_anything", "torch", "torchvision")


def networks() -> Iterator[OfficialNetwork]:
    for name, sizes in NETWORKS.items():
        with torch.device("cpu" if sizes.images else "meta"):
            model = build(sizes)
        yield OfficialNetwork(name, model, sizes.images, outputs)


def build(sizes: Sizes, package: str = "segment_anything") -> Any:
    # The package's own name for this module is taken by a function.
    constructors = importlib.import_module(f"{package}.build_sam")
    return constructors._build_sam(sizes.width, sizes.depth, sizes.heads, list(sizes.global_layers))


def seeded(name: str) -> Any:
    """A network of `NETWORKS` with seeded weights."""
    model = build(NETWORKS[name])
    fill_seeded(model)
    return model


def outputs(model: Any, image: NDArray[np.uint8]) -> Outputs:
    """As `comparison.network_outputs`, by `SamPredictor`."""
    predictor = importlib.import_module("segment_anything").SamPredictor(model)
    return predictor_outputs(predictor, image)


@torch.no_grad()
def predictor_outputs(predictor: Any, image: NDArray[np.uint8]) -> Outputs:
    """By a `SamPredictor`, or the like of another family's code."""
    predictor.set_image(image)
    answered = {"image_embedding": predictor.features.numpy()}
    for case in PROMPTS:
        points, labels = case.points_xy(predictor.input_size), case.point_labels()
        box, mask = case.box_xyxy(predictor.input_size), case.mask_input((256, 256))
        for multimask in (True, False):
            _, scores, logits = predictor.predict_torch(
                _official_points(points) if len(points) else None,
                torch.from_numpy(labels)[None] if len(points) else None,
                None if box is None else _official_points(box),
                None if mask is None else torch.from_numpy(mask),
                multimask_output=multimask,
                return_logits=True,
            )
            answered |= prompt_outputs(case, (logits, scores), multimask=multimask)
    return answered


def _official_points(points: Array) -> torch.Tensor:
    return torch.from_numpy(points - HALF_PIXEL)[None]
