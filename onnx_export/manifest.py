"""The manifest beside the graphs."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from onnx_export.exporter import GraphSpec
from segmentation.segmenters.manifest import FORMAT
from segmentation.segmenters.pocket.config import MASK_STRIDE, MULTIPLE, PocketConfig

MANIFEST = "manifest.json"
WEIGHTS = "pocket.safetensors"


def write_manifest(
    folder: Path,
    graphs: list[GraphSpec],
    *,
    config: PocketConfig,
    embedding: list[dict[str, Any]],
    longest_side: int,
) -> dict[str, Any]:
    encoder, *others = graphs
    manifest = {
        "format": FORMAT,
        "segmenter": "pocket",
        "family": "pocket",
        "checkpoint_sha256": sha256_of(folder / WEIGHTS),
        "input": {"resize": "longest_side", "size": longest_side, "multiple": MULTIPLE, "pixels": None},
        "mask_stride": MASK_STRIDE,
        "mask_threshold": 0.0,
        "candidates": config.candidates,
        "embedding": embedding,
        "encoder": _entry(folder, encoder),
        "graphs": {graph.name: _entry(folder, graph) for graph in others},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return manifest


def sha256_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _entry(folder: Path, graph: GraphSpec) -> dict[str, Any]:
    path = folder / f"{graph.name}.onnx"
    return {
        "file": path.name,
        "sha256": sha256_of(path),
        "bytes": path.stat().st_size,
        "inputs": list(graph.inputs),
        "outputs": list(graph.outputs),
    }
