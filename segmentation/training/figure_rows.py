"""Rows of the model card's table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from segmentation.evaluation import Report

POCKET = "pocket"
WHOLE_IMAGE_ONLY = "pocket, whole image only"
COLUMNS = ("@1", "@3", "@5", "@10", "@20", "best of 3 @1", "NoC@85", "box", "calibration")


@dataclass(frozen=True)
class Row:
    """One segmenter on one set."""

    title: str
    segmenter: str
    report: Report

    def cells(self) -> list[str]:
        report = self.report
        ious = [report.miou_at(count) if count <= report.clicks else None for count in (1, 3, 5, 10, 20)]
        own_scores = report.miou_best_candidate if any(p > 0 for p, _ in report.calibration()) else None
        calibration = None if own_scores is None else report.calibration_error
        values = [*ious, own_scores, None, report.miou_box, calibration]
        cells = ["" if value is None else f"{value:.3f}" for value in values]
        cells[COLUMNS.index("NoC@85")] = f"{report.noc(85):.1f}" if report.clicks >= 20 else ""
        return [self.title, str(len(report.scores)), self.segmenter, *cells]

    def to_json(self) -> dict[str, Any]:
        figures = self.report.to_json(with_objects=True)
        return {"set": self.title, "segmenter": self.segmenter, **figures}


def markdown(rows: Iterable[Row]) -> str:
    header = ["set", "objects", "with", *COLUMNS]
    lines = [header, ["---"] * len(header), *(row.cells() for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
