"""Plots of the model card: IoU by clicks, and whether the predicted IoU can be believed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from segmentation.training.figure_rows import POCKET, WHOLE_IMAGE_ONLY, Row

BINS = 10
LINES = {POCKET: "-", WHOLE_IMAGE_ONLY: "--", "GrabCut": "-.", "flood fill": ":"}


def draw_clicks(rows: Sequence[Row], picture: Path) -> None:
    """Mean IoU after each click: one panel a set, one line a segmenter."""
    titles = list(dict.fromkeys(row.title for row in rows))
    figure = Figure(figsize=(3.4 * len(titles), 3.2), layout="constrained")
    panels = np.atleast_1d(figure.subplots(1, len(titles), sharey=True))
    for axes, title in zip(panels, titles, strict=True):
        for row in (row for row in rows if row.title == title):
            counts = range(1, row.report.clicks + 1)
            ious = [row.report.miou_at(count) for count in counts]
            axes.plot(counts, ious, LINES.get(row.segmenter, "-"), label=row.segmenter)
        axes.set(title=title, xlabel="clicks", ylim=(0, 1))
        axes.title.set_fontsize(9)
        axes.grid(alpha=0.3)
    panels[0].set_ylabel("mean IoU")
    panels[0].legend()
    figure.savefig(picture, dpi=110)


def draw_calibration(rows: Sequence[Row], picture: Path) -> None:
    """Mean true IoU by predicted IoU of pocket, one line a set; the diagonal is perfect."""
    figure = Figure(figsize=(4.6, 4.4), layout="constrained")
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color="grey", linewidth=0.8)
    for row in (row for row in rows if row.segmenter == POCKET):
        predicted, true = binned(np.array(row.report.calibration(), np.float64))
        axes.plot(predicted, true, marker="o", markersize=3, label=row.title)
    axes.set(xlabel="predicted IoU", ylabel="true IoU", xlim=(0, 1), ylim=(0, 1))
    axes.grid(alpha=0.3)
    axes.legend(fontsize=7)
    figure.savefig(picture, dpi=110)


def binned(pairs: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Means of pairs (n, 2) predicted, true in ten equal bins of the predicted; empty bins are left out."""
    at = np.clip((pairs[:, 0] * BINS).astype(int), 0, BINS - 1)
    means = [pairs[at == index].mean(0) for index in range(BINS) if (at == index).any()]
    return np.array([mean[0] for mean in means]), np.array([mean[1] for mean in means])
