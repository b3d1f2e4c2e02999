"""The exported pocket segmenter that a command measures or draws."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from segmentation.registry import get_spec
from segmentation.segmenters.exported import ExportedSegmenter, load


def open_pocket(files: Path | None = None, *, threads: int = 1) -> ExportedSegmenter:
    """From a folder of exported files; without one, the files that ship."""
    spec = get_spec("pocket")
    if files is not None:
        spec = replace(spec, manifest_path=files / "manifest.json")
    return load(spec, threads=threads)
