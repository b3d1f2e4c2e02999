"""Segmenters by name. Looking one up imports nothing heavy; loading one imports its adapter."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, cast

from segmentation.errors import SegmentationError
from segmentation.segmenters.base import Segmenter, SegmenterSpec

_SEGMENTERS = Path(__file__).parent / "segmenters"

_SPECS: dict[str, SegmenterSpec] = {}


class UnknownSegmenter(SegmentationError):
    code: ClassVar[str] = "unknown_segmenter"


def register(spec: SegmenterSpec) -> None:
    """Make a segmenter known under `spec.name`; a later registration replaces an earlier one."""
    _SPECS[spec.name] = spec


def known_segmenters() -> list[str]:
    return sorted(_SPECS)


def get_spec(name: str) -> SegmenterSpec:
    """The spec of a segmenter. Raises UnknownSegmenter, which lists the known names."""
    try:
        return _SPECS[name]
    except KeyError:
        known = ", ".join(known_segmenters())
        raise UnknownSegmenter(f'There is no segmenter "{name}". Known segmenters: {known}.') from None


def load_segmenter(name: str, *, threads: int = 1) -> Segmenter:
    """Import the adapter and load its weights: seconds and memory, so keep the answer.

    `threads` bounds the CPU threads that one call of encode or decode uses.
    """
    spec = get_spec(name)
    module_name, _, function_name = spec.import_path.partition(":")
    load = cast(Callable[..., Segmenter], getattr(importlib.import_module(module_name), function_name))
    return load(spec, threads=threads)


register(
    SegmenterSpec(
        name="pocket",
        family="pocket",
        import_path="segmentation.segmenters.exported:load",
        manifest_path=_SEGMENTERS / "pocket" / "files" / "manifest.json",
        codec="int8-1",
    )
)
