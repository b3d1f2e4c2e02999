"""EdgeTAM, asked for golden numbers inside `official_packages()`.

Both publications: the Hugging Face folder by transformers with timm's RepViT, the official file by its
authors' code, a fork of SAM 2's under the same package name (so record this family in a process of its own).
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from torch import Tensor

from segmentation.segmenters.sam2.family import INPUT
from tests.segmentation.families.by_transformers import model_outputs
from tests.segmentation.families.checkouts import Checkout
from tests.segmentation.families.official import OfficialNetwork
from tests.segmentation.families.official_sam2 import outputs as official_outputs

IMAGES = ("landscape", "portrait", "square", "tiny")
BESIDE_IDENTITY = re.compile(
    r"\.(token_mixer\.conv|token_mixer\.conv1|channel_mixer\.conv2|ffn\.conv2)\.bn\.weight$"
)
PACKAGES = ("transformers", "timm", "torch")
CHECKOUT = Checkout("facebookresearch/EdgeTAM", "9cc44bfe9e16cc374242917b91283c718410ea87")


def calm(weights: Mapping[str, Tensor]) -> None:
    """Keeps what the backbone's blocks add to their input small, in place.

    With gains around 1 its 20 blocks, normalised by batch statistics that seeded weights do not have, would
    grow to 10^6 and multiply rounding errors as much: transformers itself is then 8e-4 from its own float64.
    """
    for name, tensor in weights.items():
        if BESIDE_IDENTITY.search(name):
            tensor.mul_(0.2)


def networks() -> Iterator[OfficialNetwork]:
    outputs = partial(model_outputs, rule=INPUT, low_res_hw=(256, 256), side=1024)
    yield OfficialNetwork("edgetam", build_folder(), IMAGES, outputs, calm)
    yield OfficialNetwork("edgetam_official", build_official(), ("square",), official_outputs, calm)


def build_official() -> Any:
    """A `SAM2Base` of the fork."""
    CHECKOUT.put_on_path()
    sys.path.insert(0, sys.path.pop())  # before the package of SAM 2
    timm: Any = importlib.import_module("sam2.modeling.backbones.timm")
    create_model = timm.create_model
    # Its weights are replaced anyway, and would be downloaded.
    timm.create_model = lambda name, **options: create_model(name, **{**options, "pretrained": False})
    return importlib.import_module("sam2.build_sam").build_sam2("configs/edgetam.yaml", device="cpu")


def build_folder() -> Any:
    """An `EdgeTamModel` as the published folder's config.json describes it."""
    transformers = importlib.import_module("transformers")
    backbone = transformers.TimmWrapperConfig(
        architecture="repvit_m1",
        model_args={"in_chans": 3, "features_only": True, "out_indices": [0, 1, 2, 3]},
    )
    vision = transformers.EdgeTamVisionConfig(backbone_config=backbone)
    model = transformers.EdgeTamModel(transformers.EdgeTamConfig(vision_config=vision)).eval()
    # One tensor under two names, as in published files.
    model.shared_image_embedding = model.prompt_encoder.shared_embedding
    return model
