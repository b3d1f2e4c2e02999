"""ONNX Runtime sessions of a manifest's graphs, made when first needed."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from segmentation.errors import SegmentationError

Tensors = Mapping[str, NDArray[np.generic]]


class GraphUnreadable(SegmentationError):
    code: ClassVar[str] = "graph_unreadable"


class GraphSessions:
    """Runs graphs by file. Making a session is guarded; running one is safe from any thread."""

    def __init__(self, *, threads: int) -> None:
        self.threads = threads
        self._lock = threading.Lock()
        self._sessions: dict[Path, onnxruntime.InferenceSession] = {}

    def run(self, path: Path, feeds: Tensors) -> dict[str, NDArray[np.float32]]:
        """Feeds by declared names: what the graph does not take is left out."""
        session = self._session(path)
        taken = {tensor.name: feeds[tensor.name] for tensor in session.get_inputs()}
        names = [tensor.name for tensor in session.get_outputs()]
        return dict(zip(names, session.run(names, taken), strict=True))

    def input_dims(self, path: Path, name: str) -> tuple[int | None, ...]:
        """Sizes that the graph declares for an input, None where they vary. Raises KeyError."""
        dims = {tensor.name: tensor.shape for tensor in self._session(path).get_inputs()}[name]
        return tuple(size if isinstance(size, int) else None for size in dims)

    def _session(self, path: Path) -> onnxruntime.InferenceSession:
        with self._lock:
            if path not in self._sessions:
                self._sessions[path] = self._open(path)
            return self._sessions[path]

    def _open(self, path: Path) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.inter_op_num_threads = 1
        # Waiting threads would otherwise burn a core between two calls.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # the runtime's own classes are not public
            raise GraphUnreadable(f"The graph {path.name} cannot be opened. Install it again.") from error
