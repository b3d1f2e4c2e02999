"""The table of the model card."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from segmentation.evaluation import ObjectScore, Report, Sample
from segmentation.imaging import read_rgb
from segmentation.masks import encode
from segmentation.registry import get_spec
from segmentation.training.figure_plots import binned, draw_calibration, draw_clicks
from segmentation.training.figure_rows import COLUMNS, POCKET, WHOLE_IMAGE_ONLY, Row, markdown
from segmentation.training.figures import SETS, measure
from segmentation.training.shipped import open_pocket
from tests.fixtures.truth import load_object

pytestmark = pytest.mark.more


def row(segmenter: str, *, clicks: int = 20, predicted: float = 0.6) -> Row:
    ious = [0.5 + at / 50 for at in range(clicks)]
    score = ObjectScore(1, ious, 0.75, clicks, 1.0, 0.55, [predicted] * clicks)
    return Row("a set", segmenter, Report([score], clicks, 1, 0.1))


def coin() -> Sample:
    found = load_object("top coin")
    return Sample(found.name, found.photo.name, lambda: read_rgb(found.photo), encode(found.mask))


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
    rows = [row(POCKET), row(WHOLE_IMAGE_ONLY), row("GrabCut", clicks=5)]
    draw_clicks(rows, tmp_path / "clicks.png")
    draw_calibration(rows, tmp_path / "calibration.png")
    assert all((tmp_path / name).stat().st_size > 1000 for name in ("clicks.png", "calibration.png"))


def test_pocket_is_measured_as_the_page_uses_it_and_on_the_whole_image_only() -> None:
    closer, whole = measure(SETS[0], [coin()], open_pocket(), clicks=3)
    assert (closer.segmenter, whole.segmenter) == (POCKET, WHOLE_IMAGE_ONLY)
    assert (closer.report.parts, whole.report.parts) == (1, 0)


def test_a_pocket_without_closer_looks_has_one_row(tmp_path: Path) -> None:
    shipped = get_spec("pocket").manifest_path
    for file in shipped.parent.iterdir():
        (tmp_path / file.name).symlink_to(file)
    (tmp_path / shipped.name).unlink()
    manifest = json.loads(shipped.read_text())
    del manifest["closer_look"]
    (tmp_path / shipped.name).write_text(json.dumps(manifest))
    (row,) = measure(SETS[0], [coin()], open_pocket(tmp_path), clicks=3)
    assert (row.segmenter, row.report.closer_look) == (POCKET, None)
