"""`python -m tests.benchmarks.decoder_exports FOLDER`: decoders of official sizes, seeded random weights.

FOLDER/sam and FOLDER/sam2 get our graphs with their manifest, and `baseline.onnx`: the same weights, exported
from the official code as it is usually done. Needs torch and `tools.official`.
"""

from __future__ import annotations

import importlib
import re
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from onnx_export.decoders import decoder_specs
from onnx_export.exporter import GraphSpec, export_graph
from onnx_export.manifest import facts_of, sha256_of, write_manifest
from segmentation.segmenters.families import load_network
from segmentation.segmenters.promptable import PromptableNetwork
from tests.segmentation.families import official_sam, official_sam2
from tests.segmentation.families.seeded_weights import save_published, seeded_state
from tools.official import official_packages

# The decoder does not care how deep the encoder before it is.
SAM_SIZES = official_sam.Sizes(width=768, depth=2, heads=12, global_layers=(1,))
SAM2_CONFIGURATION = "configs/sam2.1/sam2.1_hiera_t.yaml"
# What is usually done with these exports: a number of points that varies, all else fixed.
DYNAMIC_POINTS = {"point_coords": {1: "points"}, "point_labels": {1: "points"}}
UP_CONVOLUTION = re.compile(r"output_upscaling\.\d\.weight$")
CONVOLUTION_AXES = 4
OPSET = 17
POINTS = 2  # a click and its padding
SIDE = 1024
CELLS = 64
LOW_RES = 256


def main(folder: Path) -> None:
    with official_packages():
        _export("sam", _sam(), folder / "sam")
        _export("sam2", _sam2(), folder / "sam2", wrapped=official_sam2.WRAPPED)


def _sam() -> tuple[nn.Module, nn.Module, dict[str, Tensor]]:
    model = official_sam.build(SAM_SIZES)
    graph = importlib.import_module("segment_anything.utils.onnx").SamOnnxModel(
        model, return_single_mask=False
    )
    return model, graph, {"image_embedding": torch.zeros(1, 256, CELLS, CELLS)} | _prompt() | _mask()


def _sam2() -> tuple[nn.Module, nn.Module, dict[str, Tensor]]:
    model = importlib.import_module("sam2.build_sam").build_sam2(
        SAM2_CONFIGURATION, ckpt_path=None, device="cpu"
    )
    embedding = {
        "image_embedding": torch.zeros(1, 256, CELLS, CELLS),
        "high_res_0": torch.zeros(1, 32, 4 * CELLS, 4 * CELLS),
        "high_res_1": torch.zeros(1, 64, 2 * CELLS, 2 * CELLS),
    }
    inputs = embedding | _prompt() | _mask()
    del inputs["orig_im_size"]
    return model, PlainSam2(model), inputs


class PlainSam2(nn.Module):
    """Prompt encoder and mask decoder of SAM 2 one after the other: three masks in low resolution."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.prompts = model.sam_prompt_encoder
        self.masks = model.sam_mask_decoder
        self.register_buffer("grid", self.prompts.get_dense_pe().detach())

    def forward(
        self,
        image_embedding: Tensor,
        high_res_0: Tensor,
        high_res_1: Tensor,
        point_coords: Tensor,
        point_labels: Tensor,
        mask_input: Tensor,
        has_mask_input: Tensor,
    ) -> tuple[Tensor, Tensor]:
        sparse = self.prompts._embed_points(point_coords, point_labels, pad=False)
        without = self.prompts.no_mask_embed.weight.reshape(1, -1, 1, 1)
        dense = has_mask_input * self.prompts._embed_masks(mask_input) + (1 - has_mask_input) * without
        masks, predicted_iou, *_ = self.masks(
            image_embeddings=image_embedding,
            image_pe=self.grid,
            sparse_prompt_embeddings=sparse,
            dense_prompt_embeddings=dense,
            multimask_output=True,
            repeat_image=False,
            high_res_features=[high_res_0, high_res_1],
        )
        return masks, predicted_iou


def _prompt() -> dict[str, Tensor]:
    return {"point_coords": SIDE * torch.rand(1, POINTS, 2), "point_labels": torch.ones(1, POINTS)}


def _mask() -> dict[str, Tensor]:
    return {
        "mask_input": torch.zeros(1, 1, LOW_RES, LOW_RES),
        "has_mask_input": torch.zeros(1),
        "orig_im_size": torch.tensor([1000.0, 1500.0]),
    }


def _export(
    family: str,
    official: tuple[nn.Module, nn.Module, dict[str, Tensor]],
    folder: Path,
    *,
    wrapped: str | None = None,
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    model, baseline, inputs = official
    weights = region_weights(model.state_dict())
    model.load_state_dict(weights)
    model.eval()
    checkpoint = save_published(weights, folder / "checkpoint.pt", under=wrapped)
    export_decoder(load_network(family, checkpoint), checkpoint)
    _export_baseline(baseline, inputs, folder / "baseline.onnx")


def region_weights(shapes: Mapping[str, Tensor | tuple[int, ...]]) -> dict[str, Tensor]:
    """Seeded weights for a state dict's names, whose up-convolutions treat sub-pixels alike.

    So the masks are regions, as people see them, and not speckle, which takes much longer to draw.
    """
    weights = seeded_state(shapes)
    for name, weight in weights.items():
        if UP_CONVOLUTION.search(name) and weight.ndim == CONVOLUTION_AXES:
            weights[name] = weight[:, :, :1, :1].expand_as(weight).contiguous()
    return weights


def export_decoder(network: PromptableNetwork, checkpoint: Path) -> None:
    """Graphs and manifest beside the checkpoint, which stands for the encoder: a page fetches none."""
    folder = checkpoint.parent
    specs = decoder_specs(network)
    for spec in specs:
        export_graph(spec, folder / f"{spec.name}.onnx")
    checkpoint = checkpoint.replace(folder / "encoder.onnx")
    facts = facts_of(network, name=f"random-{network.family}", checkpoint_sha256=sha256_of(checkpoint))
    write_manifest(folder, facts, [GraphSpec("encoder", network.encoder, {}, [], {}), *specs])


def _export_baseline(graph: nn.Module, inputs: dict[str, Tensor], path: Path) -> None:
    """As the official `export_onnx_model.py` does: legacy exporter, constants folded."""
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            graph.eval(),
            tuple(inputs.values()),
            str(path),
            input_names=list(inputs),
            dynamic_axes=DYNAMIC_POINTS,
            opset_version=OPSET,
            dynamo=False,
            do_constant_folding=True,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
