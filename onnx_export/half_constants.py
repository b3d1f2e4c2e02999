"""Constants stored as fp16 behind a Cast: half the download, the same arithmetic once the graph is open."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def store_as_half(path: Path, endings: Collection[str]) -> None:
    """Rewrites the graph: constants whose names end so. ONNX Runtime folds the casts when it opens it."""
    model = onnx.load(path)
    casts = []
    for constant in model.graph.initializer:
        name = constant.name
        if constant.data_type == TensorProto.FLOAT and name.endswith(tuple(endings)):
            values = numpy_helper.to_array(constant).astype(np.float16)
            constant.CopyFrom(numpy_helper.from_array(values, f"{name}.half"))
            casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.save(model, path)
