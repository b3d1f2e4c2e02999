"""Segmenters by name. Looking one up imports nothing heavy; loading one imports its adapter.

Some are registered by code. Others are installed in a folder (ARCHITECTURE.md, "Installed segmenters"),
which is looked at anew for every question, so that they come and go while a server and its workers run.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, cast

from segmentation.checkpoints.installed import InstalledSegmenter, find_installed, list_installed
from segmentation.errors import SegmentationError
from segmentation.segmenters.base import Segmenter, SegmenterSpec, WireCodec
from segmentation.segmenters.manifest import Manifest, ManifestUnreadable, read_manifest

_SEGMENTERS = Path(__file__).parent / "segmenters"
_EXPORTED = "segmentation.segmenters.exported:load"
_INSTALLED = "segmentation.segmenters.runtimes:load"
_CODECS: dict[str, WireCodec] = {"fp16-1": "fp16-1", "int8-2": "int8-2"}
INSTALLED_CODEC: WireCodec = "int8-2"  # of installed segmenters whose manifest names none

_SPECS: dict[str, SegmenterSpec] = {}
_folders: list[Callable[[], Path]] = []


class UnknownSegmenter(SegmentationError):
    code: ClassVar[str] = "unknown_segmenter"


def register(spec: SegmenterSpec) -> None:
    """Make a segmenter known under `spec.name`; a later registration replaces an earlier one."""
    _SPECS[spec.name] = spec


def look_in(find_folder: Callable[[], Path]) -> None:
    """Where segmenters are installed. Called for every question, replaces an earlier call."""
    _folders[:] = [find_folder]


def known_segmenters() -> list[str]:
    """Names of all that can be loaded now."""
    installed = (found for folder in _folders for found in list_installed(folder()))
    return sorted({*_SPECS, *(found.name for found in installed if _spec_of(found))})


def get_spec(name: str) -> SegmenterSpec:
    """The spec of a segmenter. Raises UnknownSegmenter, which lists the known names."""
    spec = _SPECS.get(name) or _find_installed_spec(name)
    if spec is None:
        known = ", ".join(known_segmenters())
        raise UnknownSegmenter(f'There is no segmenter "{name}". Known segmenters: {known}.')
    return spec


def load_segmenter(name: str, *, threads: int = 1) -> Segmenter:
    """Import the adapter and load its weights: seconds and memory, so keep the answer.

    `threads` bounds the CPU threads that one call of encode or decode uses.
    """
    spec = get_spec(name)
    module_name, _, function_name = spec.import_path.partition(":")
    load = cast(Callable[..., Segmenter], getattr(importlib.import_module(module_name), function_name))
    return load(spec, threads=threads)


def read_manifest_once(path: Path) -> Manifest:
    """The manifest that is there now, parsed again when the file has changed. Raises ManifestUnreadable."""
    try:
        state = path.stat()
    except OSError as error:
        raise ManifestUnreadable(
            f"The segmenter's manifest {path} cannot be read. Is it installed?"
        ) from error
    return _parsed(path, state.st_mtime_ns, state.st_size, state.st_ino)


@lru_cache(maxsize=64)
def _parsed(path: Path, _modified_ns: int, _size: int, _inode: int) -> Manifest:
    return read_manifest(path)


def _find_installed_spec(name: str) -> SegmenterSpec | None:
    for find_folder in _folders:
        found = find_installed(find_folder(), name)
        if found is not None:
            return _spec_of(found)
    return None


def _spec_of(found: InstalledSegmenter) -> SegmenterSpec | None:
    """None while it is not exported, or where its manifest is damaged: nobody can work with it then."""
    try:
        manifest = read_manifest_once(found.manifest_path)
        codec = _CODECS[manifest.raw.get("codec", INSTALLED_CODEC)]
    except (ManifestUnreadable, KeyError):
        return None
    return SegmenterSpec(
        name=found.name,
        family=str(manifest.raw.get("family", "")),
        import_path=_INSTALLED,
        manifest_path=found.manifest_path,
        codec=codec,
        # Exports also work without what they were made from.
        checkpoint_path=found.checkpoint_path if found.checkpoint_path.exists() else None,
    )


register(
    SegmenterSpec(
        name="pocket",
        family="pocket",
        import_path=_EXPORTED,
        manifest_path=_SEGMENTERS / "pocket" / "files" / "manifest.json",
        codec="int8-2",
    )
)
