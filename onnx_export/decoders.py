"""From a decoder's kind to its graphs."""

from __future__ import annotations

import torch

from onnx_export.exporter import GraphSpec
from onnx_export.sam_decoder.graphs import graph_specs
from onnx_export.sam_decoder.weights import read_weights
from segmentation.segmenters.promptable import PromptableNetwork


def decoder_specs(network: PromptableNetwork) -> list[GraphSpec]:
    """prefill, decode and, where earlier logits can be given, refine."""
    embedding = {tensor.name: torch.zeros(*tensor.dims) for tensor in network.embedding}
    return graph_specs(
        read_weights(network.decoder.prompt_encoder, network.decoder.mask_decoder),
        embedding,
        leaves_out_padding=network.input.resize == "longest_side",
        stability=network.dynamic_multimask,
    )
