"""torch modules to ONNX files: legacy exporter, dynamic sizes, constants folded."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import onnx
import onnxruntime
import torch
from torch import Tensor, nn

OPSET = 17  # the newest that every execution provider of ONNX Runtime Web takes


@dataclass(frozen=True)
class GraphSpec:
    name: str
    module: nn.Module
    inputs: dict[str, Tensor]  # examples
    outputs: Sequence[str]
    dynamic: dict[str, dict[int, str]]  # tensor name -> axis -> name of its size


def export_graph(spec: GraphSpec, path: Path) -> None:
    """Writes `path`, simplified and checked."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            spec.module.eval(),
            tuple(spec.inputs.values()),
            str(path),
            input_names=list(spec.inputs),
            output_names=list(spec.outputs),
            dynamic_axes=spec.dynamic,
            opset_version=OPSET,
            dynamo=False,
        )
    _simplify(path)
    onnx.checker.check_model(str(path), full_check=True)


def _simplify(path: Path) -> None:
    """Constant folding and removal of no-ops by ONNX Runtime; only standard operators remain."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(path)
    options.log_severity_level = 3
    onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])
