"""The three graphs of a SAM-like decoder, with the names of the manifest."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from onnx_export.exporter import GraphSpec
from onnx_export.sam_decoder.click import Click
from onnx_export.sam_decoder.prefill import Prefill, Prefilled
from onnx_export.sam_decoder.weights import DecoderWeights


class ClickGraph(nn.Module):
    """`Click` with flat inputs."""

    def __init__(self, click: Click, *, leaves_out_padding: bool) -> None:
        super().__init__()
        self.click = click
        self.leaves_out_padding = leaves_out_padding

    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        count = len(Prefilled._fields)
        point_coords, point_labels, wanted, *rest = inputs[count:]
        valid_hw = rest.pop(0) if self.leaves_out_padding else None
        return self.click(Prefilled(*inputs[:count]), point_coords, point_labels, wanted, valid_hw, *rest)


@torch.no_grad()
def graph_specs(weights: DecoderWeights, *, leaves_out_padding: bool) -> list[GraphSpec]:
    """prefill, decode, refine. `leaves_out_padding`: `valid_hw` says which logits are wanted."""
    height, width = weights.grid_hw
    embedding = torch.zeros(1, weights.dim, height, width)
    prefill = Prefill(weights).eval()
    prefilled = prefill(embedding)
    decode_inputs = dict(zip(Prefilled._fields, prefilled, strict=True)) | {
        "point_coords": torch.ones(1, 3, 2),
        "point_labels": torch.ones(1, 3),
        "wanted": torch.zeros(1, dtype=torch.int32),
    }
    if leaves_out_padding:
        decode_inputs["valid_hw"] = torch.tensor([4 * height, 4 * width], dtype=torch.int32)
    refine_inputs = decode_inputs | {"mask_input": torch.zeros(1, 1, 4 * height, 4 * width)}
    dynamic = {"point_coords": {1: "points"}, "point_labels": {1: "points"}, "wanted": {0: "masks"}}
    specs = [GraphSpec("prefill", prefill, {"image_embedding": embedding}, Prefilled._fields, {})]
    for name, inputs in (("decode", decode_inputs), ("refine", refine_inputs)):
        click = Click(weights, takes_mask=name == "refine")
        graph = ClickGraph(click, leaves_out_padding=leaves_out_padding).eval()
        outputs = ("low_res_logits", "predicted_iou")
        specs.append(GraphSpec(name, graph, inputs, outputs, dynamic | {outputs[0]: {1: "masks"}, outputs[1]: {1: "masks"}}))
    return specs
