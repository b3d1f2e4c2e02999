"""EfficientViT-SAM by its authors' code: asked for golden numbers, inside `official_packages()`."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any
from unittest.mock import MagicMock

import numpy as np
import torch
from numpy.typing import NDArray

from tests.segmentation.families.checkouts import Checkout
from tests.segmentation.families.comparison import Outputs
from tests.segmentation.families.official import OfficialNetwork
from tests.segmentation.families.official_sam import ALL_IMAGES, predictor_outputs

CHECKOUT = Checkout("mit-han-lab/efficientvit", "de7d7733cc0329f391b33f1f459271562ec27bd5")
PACKAGES = ("segment_anything", "torch", "torchvision")
IMAGES = {"l0": ALL_IMAGES, "l1": (), "l2": (), "xl0": ("landscape",), "xl1": ()}
# Imported for training and export, never called here.
UNUSED = ("triton", "triton.language", "onnxsim", "torchprofile", "wandb")


def networks() -> Iterator[OfficialNetwork]:
    CHECKOUT.put_on_path()
    importlib.import_module("torch._dynamo")  # before it can meet the stand-in for triton
    missing = [name for name in UNUSED if find_spec(name.partition(".")[0]) is None]
    sys.modules |= {name: MagicMock() for name in missing}
    create = importlib.import_module("efficientvit.sam_model_zoo").create_efficientvit_sam_model
    for variant, images in IMAGES.items():
        with torch.device("cpu" if images else "meta"):
            model = create(f"efficientvit-sam-{variant}", pretrained=False)
        yield OfficialNetwork(f"efficientvit_sam_{variant}", model, images, outputs)


def outputs(model: Any, image: NDArray[np.uint8]) -> Outputs:
    """As `comparison.network_outputs`, by `EfficientViTSamPredictor`."""
    sam = importlib.import_module("efficientvit.models.efficientvit.sam")
    return predictor_outputs(sam.EfficientViTSamPredictor(model), image)
