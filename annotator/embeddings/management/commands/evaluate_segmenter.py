"""`manage.py evaluate_segmenter NAME --images DIR --annotations COCO.json --clicks 20 --json OUT`."""

import json
import sys
from argparse import ArgumentTypeError
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from segmentation.errors import SegmentationError
from segmentation.evaluation import (
    LowResRule,
    ObjectScore,
    Report,
    Selection,
    evaluate,
    read_annotation_ids,
    read_coco_samples,
)
from segmentation.registry import get_spec, load_segmenter
from segmentation.segmenters.manifest import read_manifest

BAR_WIDTH = 30


class Command(BaseCommand):
    help = (
        "Measures a segmenter on the objects of a COCO file with simulated clicks: the first one where the "
        "object is deepest, each next one in the middle of the largest error."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="segmenter, for example pocket")
        parser.add_argument("--images", type=Path, required=True, metavar="DIR")
        parser.add_argument("--annotations", type=Path, required=True, metavar="COCO.json")
        parser.add_argument("--clicks", type=positive, default=20, help="clicks for each object (20)")
        parser.add_argument("--json", type=Path, metavar="OUT", help="write the figures there")
        parser.add_argument("--limit", type=positive, help="only the first so many objects")
        parser.add_argument(
            "--min-area-fraction",
            type=float,
            default=0.0,
            help="leave out objects smaller than this of the image",
        )
        parser.add_argument(
            "--annotation-ids", type=Path, metavar="FILE", help="only these, one id on each line"
        )
        parser.add_argument("--per-object", action="store_true", help="add each object's figures to the JSON")
        parser.add_argument(
            "--whole-image",
            action="store_true",
            help="answer corrections from the whole image too, where the page takes a closer look",
        )
        parser.add_argument("--threads", type=positive, default=1, help="CPU threads (1)")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            report = self._evaluate(**options)
        except SegmentationError as error:
            raise CommandError(error.message) from error
        if options["json"]:
            write_json(
                {"segmenter": options["name"], **report.to_json(with_objects=options["per_object"])},
                options["json"],
            )
        self.stdout.write(table(options["name"], report))

    def _evaluate(self, name: str, images: Path, annotations: Path, clicks: int, **options: Any) -> Report:
        manifest = read_manifest(get_spec(name).manifest_path)
        ids = options["annotation_ids"]
        samples = read_coco_samples(
            annotations,
            images,
            Selection(
                annotation_ids=read_annotation_ids(ids) if ids else None,
                min_area_fraction=options["min_area_fraction"],
                limit=options["limit"],
            ),
        )
        return evaluate(
            load_segmenter(name, threads=options["threads"]),
            samples,
            clicks=clicks,
            low_res=LowResRule(manifest.mask_stride, manifest.mask_threshold),
            closer_look=None if options["whole_image"] else manifest.closer_look,
            on_object=progress_bar(len(samples)),
        )


def positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError(f"{text} is not a positive whole number")
    return int(text)


def progress_bar(total: int) -> Callable[[ObjectScore], None]:
    """Called after each object, draws how far we are on stderr."""
    done = 0

    def advance(_: ObjectScore) -> None:
        nonlocal done
        done += 1
        filled = BAR_WIDTH * done // total
        end = "\n" if done == total else ""
        sys.stderr.write(f"\r[{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {done} of {total} objects{end}")
        sys.stderr.flush()

    return advance


def write_json(figures: dict[str, Any], path: Path) -> None:
    try:
        path.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path} cannot be written ({error.strerror}). Choose another --json.") from error


def table(name: str, report: Report) -> str:
    figures = report.to_json()
    lines = [
        f"{name}: {figures['objects']} objects on {figures['images']} images, {figures['clicks']} clicks each"
    ]
    lines += [f"  mIoU@{count:<3} {value:.3f}" for count, value in figures["miou_at"].items()]
    lines += [f"  mIoU box {figures['miou_box']:.3f}"]
    lines += [f"  NoC@{percent:<4} {value:.2f}" for percent, value in figures["noc"].items()]
    click_ms, image_ms = 1000 * figures["seconds_per_click"], 1000 * figures["seconds_per_image"]
    lines += [f"  {click_ms:.1f} ms a click, {image_ms:.0f} ms an image", f"  {looked_at(figures)}"]
    return "\n".join(lines)


def looked_at(figures: dict[str, Any]) -> str:
    """What the clicks were answered from."""
    closer = figures["closer_look"]
    if closer is None:
        return "answered from the whole image"
    parts = closer["parts"]
    milliseconds = 1000 * closer["seconds"] / max(1, parts)
    return (
        f"from point {closer['from_point']} on answered from a closer look (margin {closer['margin']:g}): "
        f"{parts} part{'' if parts == 1 else 's'}, {milliseconds:.0f} ms each"
    )
