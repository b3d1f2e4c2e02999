"""Large weights stored as fp16 behind a Cast: half the file, the same fp32 arithmetic."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

LARGE = 1024  # elements; smaller tensors stay fp32


@torch.no_grad()
def round_to_half(module: nn.Module) -> None:
    """Rounds the large parameters in place, so that storing them as fp16 loses nothing more."""
    for parameter in module.parameters():
        if parameter.numel() >= LARGE:
            parameter.copy_(parameter.half().float())


def store_as_half(path: Path) -> None:
    """Rewrites the graph; ONNX Runtime folds the casts when it opens the file."""
    model = onnx.load(path)
    graph = model.graph
    casts = []
    for initializer in graph.initializer:
        if initializer.data_type != TensorProto.FLOAT or np.prod(initializer.dims) < LARGE:
            continue
        name = initializer.name
        values = numpy_helper.to_array(initializer)
        initializer.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)
