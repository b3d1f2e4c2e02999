"""Runs the exporter as a process of its own: it needs torch, and nobody here imports it."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

from segmentation.checkpoints.errors import ExportFailed, TorchMissing
from segmentation.checkpoints.facts import OUT_OF_MEMORY, ROOT
from segmentation.checkpoints.installed import InstalledSegmenter

NEEDED = ("torch", "onnx", "transformers")


def export(segmenter: InstalledSegmenter) -> None:
    """Prefill, decode, refine and encoder graphs, manifest and parity report, all of them or none.

    What the exporter prints goes where ours goes. Raises TorchMissing or ExportFailed.
    """
    if any(importlib.util.find_spec(name) is None for name in NEEDED):
        raise TorchMissing("An export")
    record = segmenter.read_record()
    options = {
        "--family": record.family,
        "--name": segmenter.name,
        "--checkpoint": str(segmenter.checkpoint_path.resolve()),
        "--checkpoint-sha256": record.checkpoint_sha256,
        "--out": str(segmenter.export_path.resolve()),
    }
    command = [sys.executable, "-m", "onnx_export", "segmenter"]
    command += [part for option in options.items() for part in option]
    done = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603
    if done.returncode != 0:
        raise ExportFailed(_reason(segmenter.name, done.returncode))


def _reason(name: str, status: int) -> str:
    if status in OUT_OF_MEMORY:
        return f'The export of "{name}" was ended, most likely for want of memory. Free some, then try again.'
    return f'"{name}" could not be exported; what the exporter said is above. Nothing was changed.'
