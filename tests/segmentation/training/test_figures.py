"""The table of the model card."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from segmentation.evaluation import ObjectScore, Report
from segmentation.training.figure_plots import binned, draw_calibration, draw_clicks
from segmentation.training.figure_rows import COLUMNS, Row, markdown

pytestmark = pytest.mark.more


def row(segmenter: str, *, clicks: int = 20, predicted: float = 0.6) -> Row:
    ious = [0.5 + at / 50 for at in range(clicks)]
    score = ObjectScore(1, ious, 0.75, clicks, 1.0, 0.55, [predicted] * clicks)
    return Row("a set", segmenter, Report([score], clicks, 1, 0.1))


def test_a_row_gives_every_column() -> None:
    cells = dict(zip(("set", "objects", "with", *COLUMNS), row("pocket").cells(), strict=True))
    assert (cells["@1"], cells["@20"], cells["box"], cells["best of 3 @1"]) == (
        "0.500",
        "0.880",
        "0.750",
        "0.550",
    )
    assert cells["NoC@85"] == "19.0"
    assert float(cells["calibration"]) == pytest.approx(
        np.mean(np.abs(0.6 - np.linspace(0.5, 0.88, 20))), abs=1e-3
    )


def test_a_baseline_claims_nothing_and_few_clicks_leave_cells_empty() -> None:
    cells = dict(zip(COLUMNS, row("GrabCut", clicks=5, predicted=0.0).cells()[3:], strict=True))
    assert cells["@10"] == cells["NoC@85"] == cells["calibration"] == ""
    assert markdown([row("GrabCut", clicks=5)]).count("\n") == 2


def test_bins_hold_what_was_predicted_alike() -> None:
    predicted, true = binned(np.array([[0.11, 0.2], [0.19, 0.4], [1.0, 0.9]]))
    assert predicted.tolist() == pytest.approx([0.15, 1.0])
    assert true.tolist() == pytest.approx([0.3, 0.9])


def test_plots_are_drawn(tmp_path: Path) -> None:
    rows = [row("pocket"), row("GrabCut", clicks=5)]
    draw_clicks(rows, tmp_path / "clicks.png")
    draw_calibration(rows, tmp_path / "calibration.png")
    assert all((tmp_path / name).stat().st_size > 1000 for name in ("clicks.png", "calibration.png"))
