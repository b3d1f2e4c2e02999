"""`manifest.json` of a segmenter: what its graphs take and give, and the sha256 of everything."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from segmentation.errors import SegmentationError

FORMAT = 1


class ManifestUnreadable(SegmentationError):
    code: ClassVar[str] = "manifest_unreadable"


@dataclass(frozen=True)
class GraphFile:
    """One ONNX file beside the manifest."""

    path: Path
    sha256: str
    bytes: int
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Manifest:
    """The parts of a manifest that Python reads; `raw` is the whole document."""

    segmenter: str
    checkpoint_sha256: str
    longest_side: int
    multiple: int
    mask_stride: int
    mask_threshold: float
    candidates: int
    encoder: GraphFile
    graphs: dict[str, GraphFile]  # prefill, decode, refine
    raw: dict[str, Any]


def read_manifest(path: Path) -> Manifest:
    """Read and check a manifest. Raises ManifestUnreadable; the graphs themselves are not opened."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ManifestUnreadable(
            f"The segmenter's manifest {path} cannot be read. Is it installed?"
        ) from error
    except ValueError as error:
        raise ManifestUnreadable(f"The segmenter's manifest {path} is not JSON. Export it again.") from error
    try:
        return _parse(raw, path.parent)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ManifestUnreadable(
            f"The segmenter's manifest {path} lacks or misspells a field. Export it again."
        ) from error


def _parse(raw: dict[str, Any], folder: Path) -> Manifest:
    if raw["format"] != FORMAT or raw["input"]["resize"] != "longest_side":
        raise ValueError("unknown format or resize rule")
    return Manifest(
        segmenter=str(raw["segmenter"]),
        checkpoint_sha256=str(raw["checkpoint_sha256"]),
        longest_side=int(raw["input"]["longest_side"]),
        multiple=int(raw["input"]["multiple"]),
        mask_stride=int(raw["mask_stride"]),
        mask_threshold=float(raw["mask_threshold"]),
        candidates=int(raw["candidates"]),
        encoder=_graph_file(raw["encoder"], folder),
        graphs={name: _graph_file(graph, folder) for name, graph in raw["graphs"].items()},
        raw=raw,
    )


def _graph_file(entry: dict[str, Any], folder: Path) -> GraphFile:
    name = str(entry["file"])
    if Path(name).name != name:
        raise ValueError("a graph lies beside its manifest")
    return GraphFile(
        path=folder / name,
        sha256=str(entry["sha256"]),
        bytes=int(entry["bytes"]),
        inputs=tuple(entry.get("inputs", ())),
        outputs=tuple(entry.get("outputs", ())),
    )
