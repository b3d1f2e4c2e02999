"""`python -m segmentation.training.plot LOG PICTURE`: how a run went."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure

from segmentation.training.training_log import read_log

TRAINING = ("loss", "best_mask", "iou", "best_iou")


def draw_log(log: Path, picture: Path) -> None:
    """Left the training figures, right the validation figures, by minutes of training."""
    entries = read_log(log)
    figure = Figure(figsize=(11, 4), layout="constrained")
    left, right = figure.subplots(1, 2)
    train = [entry for entry in entries if entry["kind"] == "train"]
    for name in TRAINING:
        left.plot([entry["minutes"] for entry in train], [entry[name] for entry in train], label=name)
    validation = [entry for entry in entries if entry["kind"] == "validation"]
    names = [name for name in validation[0] if name.startswith(("miou", "box"))] if validation else []
    for name in names:
        minutes = [entry["minutes"] for entry in validation]
        right.plot(minutes, [entry[name] for entry in validation], marker="o", label=name)
    for axes, title in ((left, "training"), (right, "held-back objects")):
        axes.set(title=title, xlabel="minutes")
        axes.grid(alpha=0.3)
        if axes.lines:
            axes.legend()
    figure.savefig(picture, dpi=120)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m segmentation.training.plot", description=__doc__)
    parser.add_argument("log", type=Path, help="log.jsonl of a run")
    parser.add_argument("picture", type=Path, help="PNG to write")
    options = parser.parse_args(arguments)
    draw_log(options.log, options.picture)


if __name__ == "__main__":
    main()
