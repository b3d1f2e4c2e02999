"""The manifest beside the graphs (ARCHITECTURE 3.4)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from onnx_export.exporter import GraphSpec
from segmentation.segmenters.manifest import FORMAT, CloserLook, InputRule, PaddingPoint
from segmentation.segmenters.promptable import EmbeddingTensor, PromptableNetwork

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Facts:
    """What a manifest says besides the files; None: not known."""

    segmenter: str
    family: str
    variant: str | None
    parameters: int
    licence: str | None
    checkpoint_sha256: str
    input: InputRule
    mask_stride: int
    mask_threshold: float
    candidates: int
    padding_point: PaddingPoint
    embedding: Sequence[dict[str, Any]]  # name, dtype, dims (None where they vary)
    closer_look: CloserLook | None = None  # None: not written


def facts_of(network: PromptableNetwork, *, name: str, checkpoint_sha256: str) -> Facts:
    """Of a published segmenter; all but one of its mask tokens are candidates for an unclear prompt."""
    return Facts(
        segmenter=name,
        family=network.family,
        variant=network.variant,
        parameters=network.parameters,
        licence=network.licence,
        checkpoint_sha256=checkpoint_sha256,
        input=network.input,
        mask_stride=network.input.size // network.low_res_hw[0],
        mask_threshold=network.mask_threshold,
        candidates=3,
        padding_point=network.padding_point,
        embedding=[_embedding_entry(tensor) for tensor in network.embedding],
    )


def write_manifest(folder: Path, facts: Facts, graphs: Sequence[GraphSpec]) -> dict[str, Any]:
    """`graphs`: the encoder first; their files are in the folder."""
    encoder, *others = graphs
    written = asdict(facts)
    if facts.closer_look is None:
        del written["closer_look"]
    manifest = {
        "format": FORMAT,
        **written,
        "encoder": _entry(folder, encoder),
        "graphs": {graph.name: _entry(folder, graph) for graph in others},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return manifest


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _embedding_entry(tensor: EmbeddingTensor) -> dict[str, Any]:
    return {"name": tensor.name, "dtype": "float32", "dims": list(tensor.dims)}


def _entry(folder: Path, graph: GraphSpec) -> dict[str, Any]:
    path = folder / f"{graph.name}.onnx"
    entry = _file(path) | {"inputs": list(graph.inputs), "outputs": list(graph.outputs)}
    weights = path.with_name(graph.weights or f"{path.name}.data")
    return entry | {"weights": _file(weights)} if weights.exists() else entry


def _file(path: Path) -> dict[str, Any]:
    return {"file": path.name, "sha256": sha256_of(path), "bytes": path.stat().st_size}
