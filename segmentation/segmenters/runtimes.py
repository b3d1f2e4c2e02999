"""Which runtime encodes the images of an installed segmenter: torch from its checkpoint, or ONNX Runtime."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar, Literal, cast

from segmentation.errors import SegmentationError
from segmentation.segmenters import exported
from segmentation.segmenters.base import Segmenter, SegmenterSpec

Runtime = Literal["torch", "onnxruntime"]

VARIABLE = "MASKWRIGHT_ENCODER"
_TORCH = "segmentation.segmenters.torch_runtime.segmenter"
# One of them multiplies bfloat16; others would emulate it and be slower than float32.
_CPU_FLAGS = {"avx512_bf16", "amx_bf16"}


class RuntimeUnavailable(SegmentationError):
    code: ClassVar[str] = "runtime_unavailable"


def load(spec: SegmenterSpec, *, threads: int = 1) -> Segmenter:
    """The segmenter in the runtime that `choose_runtime` names. Raises as both do."""
    if choose_runtime(spec) == "onnxruntime":
        return exported.load(spec, threads=threads)
    # Imported here: torch costs seconds and hundreds of megabytes, and need not be installed.
    load_in_torch = cast(Callable[..., Segmenter], importlib.import_module(_TORCH).load)
    return load_in_torch(spec, threads=threads)


def choose_runtime(spec: SegmenterSpec, wanted: str | None = None) -> Runtime:
    """By `MASKWRIGHT_ENCODER`: auto, onnxruntime or torch.

    auto is torch where it is installed, the checkpoint is there, and the device multiplies bfloat16 or is a
    GPU: there it is measured to be quicker (docs/workers.md). Raises RuntimeUnavailable.
    """
    wanted = wanted or os.environ.get(VARIABLE, "auto")
    if wanted == "auto":
        return "torch" if _has_torch(spec) and (_has_gpu() or cpu_multiplies_bfloat16()) else "onnxruntime"
    if wanted == "onnxruntime":
        return "onnxruntime"
    if wanted != "torch":
        raise RuntimeUnavailable(f'{VARIABLE} is "{wanted}". Set it to auto, onnxruntime or torch.')
    if not _has_torch(spec):
        raise RuntimeUnavailable(
            f'{VARIABLE} is "torch", but torch is not installed, or "{spec.name}" has no checkpoint beside '
            "its graphs. Run `make torch`, or set it to auto."
        )
    return "torch"


@cache
def cpu_multiplies_bfloat16() -> bool:
    """Whether this CPU has instructions for it (Linux says so in /proc/cpuinfo)."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return False
    flags = next((line for line in text.splitlines() if line.startswith("flags")), "")
    return not _CPU_FLAGS.isdisjoint(flags.split())


def _has_torch(spec: SegmenterSpec) -> bool:
    return spec.checkpoint_path is not None and _torch_is_installed()


def _torch_is_installed() -> bool:
    return find_spec("torch") is not None


def _has_gpu() -> bool:
    return bool(importlib.import_module("torch").cuda.is_available())
