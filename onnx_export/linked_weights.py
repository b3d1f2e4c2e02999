"""A graph that reads its weights from the safetensors file beside it: what ships holds them once.

A safetensors file is a header and then raw little-endian arrays, which is what ONNX calls external data:
a file, an offset, a length. So a graph exported under the parameters' own names can point into it. The
weights are fp16 there; a Cast makes them fp32, and ONNX Runtime folds casts and batch norms when it
opens the graph, so that nothing is slower for it.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import onnx
from onnx import TensorProto, helper

LENGTH = struct.Struct("<Q")  # of the header, at the file's start


class NotLinked(ValueError):
    def __init__(self, name: str, weights: Path) -> None:
        super().__init__(
            f"{weights.name} holds no fp16 tensor {name} of the graph's shape. Export both anew."
        )


def link_weights(graph: Path, weights: Path) -> None:
    """Rewrites the graph. Both files stay in one folder. Raises NotLinked."""
    model = onnx.load(graph)
    entries, start = _read_header(weights)
    casts = []
    for tensor in model.graph.initializer:
        name, dims = tensor.name, list(tensor.dims)
        entry = entries.get(name)
        if entry is None or entry["dtype"] != "F16" or entry["shape"] != dims:
            raise NotLinked(name, weights)
        first, end = entry["data_offsets"]
        tensor.CopyFrom(_external(f"{name}.half", dims, weights.name, start + first, end - first))
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    graph.write_bytes(model.SerializeToString())
    onnx.checker.check_model(str(graph), full_check=True)


def _read_header(weights: Path) -> tuple[dict[str, Any], int]:
    """The tensors' entries, and where their data begins in the file."""
    with weights.open("rb") as file:
        (length,) = LENGTH.unpack(file.read(LENGTH.size))
        return json.loads(file.read(length)), LENGTH.size + length


def _external(name: str, dims: list[int], file_name: str, offset: int, length: int) -> TensorProto:
    tensor = TensorProto(name=name, dims=dims, data_type=TensorProto.FLOAT16)
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", file_name), ("offset", offset), ("length", length)):
        tensor.external_data.add(key=key, value=str(value))
    return tensor
