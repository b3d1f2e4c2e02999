"""A segmenter that is installed without weights: what the registry and the web process look at."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from segmentation.checkpoints.installed import CHECKPOINT, EXPORT, InstalledRecord, write_record

SHA256 = "ab" * 32


def record_of(name: str, **changes: Any) -> InstalledRecord:
    fields = {
        "name": name,
        "family": "sam",
        "title": "SAM ViT-B",
        "variant": "vit_b",
        "origin": "weights.pth",
        "licence": "Apache-2.0",
        "checkpoint_sha256": SHA256,
        "checkpoint_bytes": 7,
        "parameters": 93_735_472,
        "input_size": 1024,
    }
    return InstalledRecord(**{**fields, **changes})


def manifest_of(name: str, **changes: Any) -> dict[str, Any]:
    graph = {"file": "graph.onnx", "sha256": "0" * 64, "bytes": 5, "inputs": [], "outputs": []}
    return {
        "format": 2,
        "segmenter": name,
        "family": "sam",
        "variant": "vit_b",
        "parameters": 93_735_472,
        "licence": "Apache-2.0",
        "checkpoint_sha256": SHA256,
        "input": {"resize": "longest_side", "size": 1024, "multiple": 1, "pixels": None},
        "mask_stride": 4,
        "mask_threshold": 0.0,
        "candidates": 3,
        "embedding": [{"name": "image_embedding", "dtype": "float32", "dims": [1, 256, 64, 64]}],
        "encoder": graph,
        "graphs": {"prefill": graph, "decode": graph},
        **changes,
    }


def install_files(folder: Path, name: str, *, exported: bool = True, **manifest: Any) -> Path:
    """`folder`/`name` as `add` and `export` leave it. Answers that folder."""
    place = folder / name
    (place / CHECKPOINT).mkdir(parents=True)
    (place / CHECKPOINT / "weights.pth").write_bytes(b"weights")
    if exported:
        (place / EXPORT).mkdir()
        (place / EXPORT / "graph.onnx").write_bytes(b"graph")
        (place / EXPORT / "manifest.json").write_text(json.dumps(manifest_of(name, **manifest)))
    write_record(place, record_of(name))
    return place
