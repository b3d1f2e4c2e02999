"""`python -m segmentation.training.figures`: the figures of the model card.

Measures exported files (no torch) on the held-back photos of every training set and on an evaluation
set, with the click protocol of `segmentation.evaluation`, as the page answers clicks and from the whole
image only; in the same run what GrabCut and a flood fill reach from the same clicks and boxes. Prints one
table; writes figures.json and the plots.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from segmentation.evaluation import LowResRule, Report, Sample, Selection, evaluate, read_coco_samples
from segmentation.evaluation.baselines import FULL_RESOLUTION, TOLERANCES, FloodFill, GrabCut
from segmentation.segmenters.base import Segmenter
from segmentation.segmenters.exported import ExportedSegmenter
from segmentation.segmenters.manifest import CloserLook
from segmentation.training.figure_rows import POCKET, WHOLE_IMAGE_ONLY, Row, markdown
from segmentation.training.shipped import open_pocket
from segmentation.training.splits import load_held_back


@dataclass(frozen=True)
class FigureSet:
    """Objects on which figures are given."""

    title: str
    dataset: str  # folder of the data
    split: str | None = None  # objects of this split file; None: all of the set
    min_area_fraction: float = 0.0

    def samples(self, data: Path, *, limit: int | None) -> list[Sample]:
        """At most `limit` of them, evenly spread over the set."""
        ids = None
        if self.split is not None:
            by_photo = load_held_back(self.split).annotation_ids.values()
            ids = {number for numbers in by_photo for number in numbers}
        folder = data / self.dataset
        selection = Selection(annotation_ids=ids, min_area_fraction=self.min_area_fraction)
        samples = read_coco_samples(folder / "annotations.json", folder / "images", selection)
        if limit is None or len(samples) <= limit:
            return samples
        return [samples[at * len(samples) // limit] for at in range(limit)]


SETS = (
    FigureSet("COCO, held back", "coco", "coco_val"),
    FigureSet("clothing, whole person, held back", "clothing", "clothing_val"),
    FigureSet("BSDS500, regions over 1 %", "bsds", min_area_fraction=0.01),
    FigureSet("nuclei over 200 px, held back", "nuclei", "nuclei_val"),
    FigureSet("facades, held back", "facades", "facades_val"),
)


def measure(
    figure_set: FigureSet, samples: Sequence[Sample], pocket: ExportedSegmenter, *, clicks: int
) -> list[Row]:
    """As the page uses it; where that takes closer looks, also without them."""
    manifest = pocket.manifest
    low_res = LowResRule(manifest.mask_stride, manifest.mask_threshold)
    whole = _evaluated(pocket, samples, low_res=low_res, clicks=clicks)
    if manifest.closer_look is None:
        return [Row(figure_set.title, POCKET, whole)]
    closer = _evaluated(pocket, samples, low_res=low_res, clicks=clicks, closer_look=manifest.closer_look)
    return [Row(figure_set.title, POCKET, closer), Row(figure_set.title, WHOLE_IMAGE_ONLY, whole)]


def measure_baselines(figure_set: FigureSet, samples: Sequence[Sample], *, clicks: int) -> list[Row]:
    """GrabCut, and the flood fill with the tolerance that does best on these very objects."""
    grabcut = _evaluated(GrabCut(), samples, low_res=FULL_RESOLUTION, clicks=clicks)
    fills = [
        _evaluated(FloodFill(tolerance=tolerance), samples, low_res=FULL_RESOLUTION, clicks=clicks)
        for tolerance in TOLERANCES
    ]
    best = max(fills, key=lambda report: report.miou_at(1))
    return [Row(figure_set.title, "GrabCut", grabcut), Row(figure_set.title, "flood fill", best)]


def _evaluated(
    segmenter: Segmenter,
    samples: Sequence[Sample],
    *,
    low_res: LowResRule,
    clicks: int,
    closer_look: CloserLook | None = None,
) -> Report:
    with tqdm(total=len(samples), desc=segmenter.spec.name, leave=False) as bar:
        return evaluate(
            segmenter,
            samples,
            clicks=clicks,
            low_res=low_res,
            closer_look=closer_look,
            on_object=lambda _: bar.update() and None,
        )


def parse_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m segmentation.training.figures", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of COCO-style sets")
    parser.add_argument("--out", type=Path, required=True, help="folder for figures.json and the plots")
    parser.add_argument("--files", type=Path, help="folder of exported files; default: the ones that ship")
    parser.add_argument("--sets", nargs="+", default=[figure_set.dataset for figure_set in SETS])
    parser.add_argument("--limit", type=int, help="at most so many objects of a set, evenly spread")
    parser.add_argument("--clicks", type=int, default=20)
    parser.add_argument("--baseline-clicks", type=int, default=5, help="0: without GrabCut and flood fill")
    parser.add_argument("--baseline-limit", type=int, default=100, help="objects of a set for these")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    options = parse_arguments(arguments)
    pocket = open_pocket(options.files, threads=options.threads)
    rows: list[Row] = []
    for figure_set in (each for each in SETS if each.dataset in options.sets):
        samples = figure_set.samples(options.data, limit=options.limit)
        rows += measure(figure_set, samples, pocket, clicks=options.clicks)
        if options.baseline_clicks:
            few = figure_set.samples(options.data, limit=options.baseline_limit)
            rows += measure_baselines(figure_set, few, clicks=options.baseline_clicks)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "figures.json").write_text(json.dumps([row.to_json() for row in rows], indent=1) + "\n")
    _draw(rows, options.out)
    sys.stdout.write(markdown(rows) + "\n")


def _draw(rows: Sequence[Row], out: Path) -> None:
    from segmentation.training.figure_plots import draw_calibration, draw_clicks  # matplotlib, seconds

    draw_clicks(rows, out / "clicks.png")
    draw_calibration(rows, out / "calibration.png")


if __name__ == "__main__":
    main()
