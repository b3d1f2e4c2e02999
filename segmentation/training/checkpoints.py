"""Checkpoints of a training run: enough to go on as if nothing had happened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

CHECKPOINT = "checkpoint.pt"


@dataclass
class Progress:
    step: int = 0
    images: int = 0
    seconds: float = 0.0  # trained so far, all parts of the run together


def write_checkpoint(folder: Path, progress: Progress, state: dict[str, Any]) -> None:
    """Replaces the last checkpoint in one move, so that a killed run never leaves half a file."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / (CHECKPOINT + ".partial")
    torch.save({"progress": vars(progress), **state}, partial)
    partial.replace(folder / CHECKPOINT)


def read_checkpoint(folder: Path) -> tuple[Progress, dict[str, Any]]:
    state: dict[str, Any] = torch.load(folder / CHECKPOINT, weights_only=True)
    return Progress(**state.pop("progress")), state
