"""MobileSAM by its authors' code: asked for golden numbers, inside `official_packages()`. It needs timm."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.segmentation.families.checkouts import Checkout
from tests.segmentation.families.comparison import Outputs
from tests.segmentation.families.official import OfficialNetwork
from tests.segmentation.families.official_sam import ALL_IMAGES, predictor_outputs

CHECKOUT = Checkout("ChaoningZhang/MobileSAM", "34bbbfdface3c18e5221aa7de6032d7220c6c6a1")
PACKAGES = ("timm", "torch", "torchvision")


def networks() -> Iterator[OfficialNetwork]:
    CHECKOUT.put_on_path()
    build = importlib.import_module("mobile_sam").sam_model_registry["vit_t"]
    yield OfficialNetwork("mobile_sam", build(), ALL_IMAGES, outputs)


def outputs(model: Any, image: NDArray[np.uint8]) -> Outputs:
    """As `comparison.network_outputs`, by MobileSAM's own `SamPredictor`."""
    model.eval()  # only here its attention reads the biases that were loaded
    return predictor_outputs(importlib.import_module("mobile_sam").SamPredictor(model), image)
