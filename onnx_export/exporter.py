"""torch modules to ONNX files: legacy exporter, dynamic sizes, constants folded."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import onnx
import onnxruntime
import torch
from torch import Tensor, nn

from onnx_export.half_constants import store_as_half

OPSET = 17  # the newest that every execution provider of ONNX Runtime Web takes
# Beyond this the weights lie beside the graph: protobuf ends at 2 GiB, and the graph itself needs some room.
MAX_INLINE_BYTES = 2_000_000_000


@dataclass(frozen=True)
class GraphSpec:
    name: str
    module: nn.Module
    inputs: dict[str, Tensor]  # examples
    outputs: Sequence[str]
    dynamic: dict[str, dict[int, str]]  # tensor name -> axis -> name of its size
    is_standard: bool = True  # no operators of ONNX Runtime's own, which the checker does not know
    half: Collection[str] = ()  # how the names of constants end that are stored as fp16
    weights: str | None = None  # the file beside the graph that holds them, where they are not in the graph


def export_graph(spec: GraphSpec, path: Path) -> None:
    """Writes `path`, simplified and checked."""
    _export(spec, path)
    _simplify(path)
    if spec.half:
        store_as_half(path, spec.half)
    if spec.is_standard:
        onnx.checker.check_model(str(path), full_check=True)


def export_named_graph(spec: GraphSpec, path: Path) -> None:
    """Writes `path` as exported: every weight under its parameter's name, nothing folded into another."""
    _export(spec, path, training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False)


def export_large_graph(spec: GraphSpec, path: Path) -> Path | None:
    """Writes `path` as exported and checked. Answers the file of weights beside it, if they need one."""
    with TemporaryDirectory(dir=path.parent) as scratch:
        raw = Path(scratch) / path.name
        _export(spec, raw)
        if sum(file.stat().st_size for file in Path(scratch).iterdir()) <= MAX_INLINE_BYTES:
            raw.replace(path)
            onnx.checker.check_model(str(path))
            return None
        weights = path.with_name(f"{path.name}.data")
        onnx.save_model(onnx.load(raw), path, save_as_external_data=True, location=weights.name)
    onnx.checker.check_model(str(path))
    return weights


def _export(spec: GraphSpec, path: Path, **how: Any) -> None:
    with warnings.catch_warnings(), torch.no_grad():
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
            **how,
        )


def _simplify(path: Path) -> None:
    """Constant folding and removal of no-ops by ONNX Runtime, which thereby opens the graph once."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(path)
    options.log_severity_level = 3
    onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])
