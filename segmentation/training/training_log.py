"""The log of a run: one JSON object a line, and a progress bar."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tqdm import tqdm

from segmentation.training.checkpoints import Progress
from segmentation.training.losses import LossParts

SMOOTHING = 0.98
EVERY = 25  # steps


class TrainingLog:
    def __init__(self, path: Path, *, seconds: float, done: float = 0.0, show: bool = True) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.bar = tqdm(total=round(seconds), initial=round(done), unit="s", disable=not show)
        self._smooth: dict[str, float] = {}

    def step(self, progress: Progress, parts: LossParts, *, size: int, rate: float) -> None:
        values = {
            "loss": parts.total.item(),
            "best_mask": parts.best_mask.item(),
            "predicted_iou": parts.predicted_iou.item(),
            "iou": parts.chosen_iou.mean().item(),
            "best_iou": parts.iou.max(1).values.mean().item(),
        }
        for name, value in values.items():
            self._smooth[name] = self._smooth.get(name, value) * SMOOTHING + value * (1 - SMOOTHING)
        self.bar.n = round(progress.seconds)
        self.bar.set_postfix(step=progress.step, size=size, loss=f"{self._smooth['loss']:.3f}")
        if progress.step % EVERY == 0:
            smooth = {name: round(value, 4) for name, value in self._smooth.items()}
            self._write(progress, {"kind": "train", "size": size, "rate": rate, **smooth})

    def validation(self, progress: Progress, figures: dict[str, float]) -> None:
        rounded = {name: round(value, 4) for name, value in figures.items()}
        self._write(progress, {"kind": "validation", **rounded})

    def _write(self, progress: Progress, entry: dict[str, Any]) -> None:
        where = {"step": progress.step, "images": progress.images, "minutes": progress.seconds / 60}
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({**where, **entry}) + "\n")


def read_log(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
