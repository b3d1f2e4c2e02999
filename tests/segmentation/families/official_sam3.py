"""The tracker of SAM 3 by its authors' code: asked for golden numbers, inside `official_packages()`."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import nn
from transformers import Sam3ViTConfig

from segmentation.segmenters.promptable import PromptableNetwork
from segmentation.segmenters.sam3.family import INPUT, LAYER_NORM_EPS, tracker_network
from tests.segmentation.families.checkouts import Checkout
from tests.segmentation.families.comparison import Outputs
from tests.segmentation.families.official import OfficialNetwork
from tests.segmentation.families.official_sam2 import predictor_outputs

CHECKOUT = Checkout("facebookresearch/sam3", "99d02f28c8d34610ab35559b72642b01f10fdb1e")
PACKAGES = ("torch", "torchvision")
DEPTH = 32
# Two blocks, one with windows and one without, are quick enough for every image.
NETWORKS: dict[str, tuple[int, tuple[str, ...]]] = {
    "sam3_2_blocks": (2, ("landscape", "portrait", "square", "tiny")),
    "sam3": (DEPTH, ()),
}
SIDE = 1008
LOW_RES_HW = (288, 288)
# Imported by the tracker's modules, needed by training and video memory only.
UNUSED = {
    "einops": ("rearrange", "repeat"),
    "sam3.model.edt": ("edt_triton",),
    "sam3.train": (),
    "sam3.train.data": (),
    "sam3.train.data.collator": ("BatchedDatapoint",),
}


def networks() -> Iterator[OfficialNetwork]:
    CHECKOUT.put_on_path()
    _let_sam3_import()
    for name, (depth, images) in NETWORKS.items():
        yield OfficialNetwork(name, PublishedModules(depth).eval(), images, outputs)


def load_ours(path: Path) -> PromptableNetwork:
    return tracker_network(path, two_blocks())


def two_blocks() -> Sam3ViTConfig:
    """Our backbone as `sam3_2_blocks` has it."""
    return Sam3ViTConfig(num_hidden_layers=2, global_attn_indexes=[1], layer_norm_eps=LAYER_NORM_EPS)


class PublishedModules(nn.Module):
    """The modules behind `sam3.pt` that the tracker uses, under the names that they have in it."""

    def __init__(self, depth: int) -> None:
        super().__init__()
        self.detector = nn.ModuleDict({"backbone": _backbone(depth)})
        self.tracker = _tracker(self.detector["backbone"])
        # It keeps using the detector's backbone, but does not own it.
        del self.tracker._modules["backbone"]
        self.tracker.__dict__["backbone"] = self.detector["backbone"]


def outputs(model: Any, image: NDArray[np.uint8]) -> Outputs:
    """As `comparison.network_outputs`, by `SAM3InteractiveImagePredictor`."""
    predictor = importlib.import_module("sam3.model.sam1_task_predictor").SAM3InteractiveImagePredictor
    asked = predictor(model.tracker, max_hole_area=0)
    return predictor_outputs(asked, image, size=INPUT.size, side=SIDE, low_res_hw=LOW_RES_HW)


def _backbone(depth: int) -> Any:
    """As the official `model_builder.build_tracker(with_backbone=True)` makes it."""
    trunk = importlib.import_module("sam3.model.vitdet").ViT(
        img_size=SIDE,
        pretrain_img_size=336,
        patch_size=14,
        embed_dim=1024,
        depth=depth,
        num_heads=16,
        mlp_ratio=4.625,
        norm_layer="LayerNorm",
        drop_path_rate=0.0,
        qkv_bias=True,
        use_abs_pos=True,
        tile_abs_pos=True,
        global_att_blocks=(7, 15, 23, 31) if depth == DEPTH else (depth - 1,),
        rel_pos_blocks=(),
        use_rope=True,
        use_interp_rope=True,
        window_size=24,
        pretrain_use_cls_token=True,
        retain_cls_token=False,
        ln_pre=True,
        ln_post=False,
        return_interm_layers=False,
        bias_patch_embed=False,
    )
    for (
        block
    ) in trunk.blocks:  # rotary angles are computed, not learned: seeded weights must not replace them
        block.attn._non_persistent_buffers_set.add("freqs_cis")
    encoding = importlib.import_module("sam3.model.position_encoding").PositionEmbeddingSine(
        num_pos_feats=256, normalize=True, scale=None, temperature=10000
    )
    neck = importlib.import_module("sam3.model.necks").Sam3DualViTDetNeck(
        position_encoding=encoding,
        d_model=256,
        scale_factors=[4.0, 2.0, 1.0, 0.5],
        trunk=trunk,
        add_sam2_neck=True,
    )
    return importlib.import_module("sam3.model.vl_combiner").SAM3VLBackbone(scalp=1, visual=neck, text=None)


def _tracker(backbone: Any) -> Any:
    """Without the two networks of the video memory, of which only widths are asked."""
    transformer, memory = nn.Module(), nn.Module()
    transformer.d_model, transformer.decoder = 256, None
    memory.out_proj = nn.Conv2d(256, 64, 1)
    return importlib.import_module("sam3.model.sam3_tracker_base").Sam3TrackerBase(
        backbone=backbone,
        transformer=transformer,
        maskmem_backbone=memory,
        num_maskmem=7,
        image_size=SIDE,
        backbone_stride=14,
        sam_mask_decoder_extra_args={
            "dynamic_multimask_via_stability": True,
            "dynamic_multimask_stability_delta": 0.05,
            "dynamic_multimask_stability_thresh": 0.98,
        },
    )


def _let_sam3_import() -> None:
    """Its package without `__init__`, which imports the detector, and without what `UNUSED` names."""
    package = ModuleType("sam3")
    package.__path__ = [next(path for path in sys.path if path.endswith("/sam3")) + "/sam3"]
    sys.modules["sam3"] = package
    for name, attributes in UNUSED.items():
        module = ModuleType(name)
        module.__path__ = []
        vars(module).update(dict.fromkeys(attributes))
        sys.modules[name] = module
