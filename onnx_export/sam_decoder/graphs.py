"""The three graphs of a SAM-like decoder, with the names of the manifest."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from onnx_export.exporter import GraphSpec
from onnx_export.sam_decoder.click import Click
from onnx_export.sam_decoder.prefill import FinePrefill, Prefill, Prefilled
from onnx_export.sam_decoder.weights import DecoderWeights

OUTPUTS = ("low_res_logits", "predicted_iou")
# The grid's positional encoding as keys and queries: a seventh of the files, and no mask notices.
POSITIONS = ("position_keys", "position_queries")
DYNAMIC = {
    "point_coords": {1: "points"},
    "point_labels": {1: "points"},
    "wanted": {0: "masks"},
    "low_res_logits": {1: "masks"},
    "predicted_iou": {1: "masks"},
}


class ClickGraph(nn.Module):
    """`Click` with flat inputs."""

    def __init__(self, click: Click, *, prefilled: list[str], takes_size: bool) -> None:
        super().__init__()
        self.click = click
        self.prefilled = prefilled
        self.takes_size = takes_size

    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        count = len(self.prefilled)
        prefilled = Prefilled(**dict(zip(self.prefilled, inputs[:count], strict=True)))
        point_coords, point_labels, wanted, *rest = inputs[count:]
        valid_hw = rest.pop(0) if self.takes_size else None
        return self.click(prefilled, point_coords, point_labels, wanted, valid_hw, *rest)


class PrefillGraph(nn.Module):
    """`Prefill` with the outputs that there are."""

    def __init__(self, prefill: nn.Module) -> None:
        super().__init__()
        self.prefill = prefill

    def forward(self, *embedding: Tensor) -> tuple[Tensor, ...]:
        prefilled: Prefilled = self.prefill(*embedding)
        return tuple(prefilled.present.values())


@torch.no_grad()
def graph_specs(
    weights: DecoderWeights,
    embedding: dict[str, Tensor],
    *,
    leaves_out_padding: bool,
    stability: tuple[float, float] | None,
) -> list[GraphSpec]:
    """prefill, decode and, where earlier logits are taken, refine.

    `embedding`: examples of the image embedding's tensors by name; decode takes some of them as they are.
    `leaves_out_padding`: `valid_hw` says which logits are wanted. `stability`: SAM 2's rule for the single
    mask.
    """
    height, width = weights.grid_hw
    prefill: nn.Module = FinePrefill(weights) if weights.has_fine_maps else Prefill(weights)
    kept = {name: tensor for name, tensor in embedding.items() if name in Prefilled._fields}
    embedding = {name: tensor for name, tensor in embedding.items() if name not in kept}
    prefilled = prefill(*embedding.values()).present
    image = prefilled | kept
    inputs = image | {
        "point_coords": torch.ones(1, 3, 2),
        "point_labels": torch.ones(1, 3),
        "wanted": torch.zeros(1, dtype=torch.int32),
    }
    if leaves_out_padding:
        inputs["valid_hw"] = torch.tensor([4 * height, 4 * width], dtype=torch.int32)
    specs = [GraphSpec("prefill", PrefillGraph(prefill), embedding, list(prefilled), {})]
    for name in ("decode",) if weights.mask_embedding is None else ("decode", "refine"):
        click = Click(weights, takes_mask=name == "refine", stability=stability)
        graph = ClickGraph(click, prefilled=list(image), takes_size=leaves_out_padding)
        mask = {"mask_input": torch.zeros(1, 1, 4 * height, 4 * width)} if name == "refine" else {}
        specs.append(
            GraphSpec(name, graph, inputs | mask, OUTPUTS, DYNAMIC, is_standard=False, half=POSITIONS)
        )
    return specs
