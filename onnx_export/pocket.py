"""Which graphs the pocket network ships as: names, examples, sizes that may vary."""

from __future__ import annotations

from typing import Any

import torch

from onnx_export.exporter import GraphSpec
from onnx_export.graphs import (
    CONTEXT,
    EMBEDDING,
    DecodeGraph,
    EncoderGraph,
    PrefillGraph,
    RefineGraph,
)
from onnx_export.manifest import Facts
from segmentation.segmenters.manifest import CloserLook, InputRule
from segmentation.segmenters.pocket.config import (
    CLOSER_LOOK_FROM_POINT,
    CLOSER_LOOK_MARGIN,
    EMBEDDING_STRIDE,
    MASK_STRIDE,
    MULTIPLE,
)
from segmentation.segmenters.pocket.folding import folded
from segmentation.segmenters.pocket.network import PocketNetwork

WEIGHTS = "pocket.safetensors"
OUTPUTS = ("low_res_logits", "predicted_iou")
EXAMPLE_HW = (96, 128)

_EMBEDDING_AXES = {
    "image_embedding": {2: "h8", 3: "w8"},
    "fine_embedding": {2: "h4", 3: "w4"},
    "colour": {2: "h4", 3: "w4"},
}
_CONTEXT_AXES = {
    "directions": {3: "cells"},
    "lengths": {3: "cells"},
    "skip": {2: "h8", 3: "w8"},
    "fine_directions": {3: "fine_cells"},
    "fine_lengths": {3: "fine_cells"},
    "fine_skip": {2: "h4", 3: "w4"},
    "fine_colour": {2: "fine_cells"},
    "cells": {1: "cells"},
    "fine_cells": {1: "fine_cells"},
}
_DECODE_AXES = {
    **_CONTEXT_AXES,
    "point_coords": {1: "points"},
    "point_labels": {1: "points"},
    "low_res_logits": {2: "h4", 3: "w4"},
}


@torch.no_grad()
def graph_specs(network: PocketNetwork) -> list[GraphSpec]:
    """Encoder, prefill, decode, refine, with small examples.

    The encoder's weights stay in the weights file; batch norms of the others are folded, since a browser
    takes no second file.
    """
    decoding = folded(network)
    height, width = EXAMPLE_HW
    image = torch.randint(0, 256, (1, 3, height, width), dtype=torch.uint8)
    features = EncoderGraph(network)(image)
    context = PrefillGraph(network)(*features)
    embedding = dict(zip(EMBEDDING, features, strict=True))
    prompted = {
        **dict(zip(CONTEXT, context, strict=True)),
        "point_coords": torch.tensor([[[40.0, 50.0], [10.0, 20.0], [70.0, 90.0]]]),
        "point_labels": torch.tensor([[1.0, 2.0, 3.0]]),
    }
    mask = torch.zeros(1, 1, height // MASK_STRIDE, width // MASK_STRIDE)
    refine_axes = {**_DECODE_AXES, "mask_input": {2: "h4", 3: "w4"}}
    prefill_axes = {**_EMBEDDING_AXES, **_CONTEXT_AXES}
    encoder_axes = {"image": {2: "h", 3: "w"}, **_EMBEDDING_AXES}
    return [
        GraphSpec(
            "encoder", EncoderGraph(network), {"image": image}, EMBEDDING, encoder_axes, weights=WEIGHTS
        ),
        GraphSpec("prefill", PrefillGraph(decoding), embedding, CONTEXT, prefill_axes),
        GraphSpec("decode", DecodeGraph(decoding), prompted, OUTPUTS, _DECODE_AXES),
        GraphSpec("refine", RefineGraph(decoding), {**prompted, "mask_input": mask}, OUTPUTS, refine_axes),
    ]


def embedding_tensors(network: PocketNetwork) -> list[dict[str, Any]]:
    """The manifest's `embedding`: names, wire types before the codec, and sizes by input h and w."""
    config = network.config
    coarse, fine = [f"{side}/{EMBEDDING_STRIDE}" for side in "hw"], [f"{side}/{MASK_STRIDE}" for side in "hw"]
    channels = (config.embedding_channels, config.fine_channels, 3)
    return [
        {"name": name, "dtype": "float32", "dims": [1, count, *sides]}
        for name, count, sides in zip(EMBEDDING, channels, (coarse, fine, fine), strict=True)
    ]


def pocket_facts(network: PocketNetwork, *, checkpoint_sha256: str, longest_side: int) -> Facts:
    return Facts(
        segmenter="pocket",
        family="pocket",
        variant=None,
        parameters=sum(parameter.numel() for parameter in network.parameters()),
        licence="Apache-2.0",
        checkpoint_sha256=checkpoint_sha256,
        input=InputRule("longest_side", longest_side, MULTIPLE),
        mask_stride=MASK_STRIDE,
        mask_threshold=0.0,
        candidates=network.config.candidates,
        padding_point="without_box",
        embedding=embedding_tensors(network),
        closer_look=CloserLook(from_point=CLOSER_LOOK_FROM_POINT, margin=CLOSER_LOOK_MARGIN),
    )
