"""The image encoder of a published segmenter as a graph for ONNX Runtime on a server."""

from __future__ import annotations

import torch

from onnx_export.exporter import GraphSpec
from segmentation.segmenters.manifest import InputRule
from segmentation.segmenters.promptable import PromptableNetwork

IMAGE = "image"


def encoder_spec(network: PromptableNetwork) -> GraphSpec:
    """`image` (1, 3, h, w) float32, as `network.input` says -> the tensors of `network.embedding`."""
    return GraphSpec(
        "encoder",
        network.encoder,
        {IMAGE: torch.zeros(1, 3, *pixels_hw(network.input))},
        [tensor.name for tensor in network.embedding],
        {},
    )


def pixels_hw(rule: InputRule) -> tuple[int, int]:
    """The size that a published encoder takes, always a square. Raises ValueError for one that takes any."""
    if rule.pixels is None:
        raise ValueError("This encoder takes images of any size.")
    side = rule.pixels.padded_side or rule.pixels.side
    return side, side
