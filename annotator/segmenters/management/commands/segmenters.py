"""`manage.py segmenters list | pull | add | export | bench | remove`."""

import json
import os
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotator.common.cli import database_needed
from annotator.common.errors import MaskwrightError
from annotator.segmenters.actions import add_segmenter, pull_segmenter, remove_segmenter
from annotator.segmenters.cli.bars import ByteBar
from annotator.segmenters.cli.listing import list_all, table
from segmentation.checkpoints.exporting import export
from segmentation.checkpoints.installed import InstalledRecord, get_installed
from segmentation.errors import SegmentationError
from segmentation.segmenters.families import FAMILIES

ROUNDS = 5


class Command(BaseCommand):
    help = "Segmenters other than the bundled one: what there is, and how it gets here."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")

        step = steps.add_parser("list", help="what is here and what can be pulled")
        step.add_argument("--json", action="store_true")
        step.set_defaults(run=self._list)

        step = steps.add_parser("pull", help="download a published checkpoint by its name in the list")
        step.add_argument("names", nargs="+", metavar="NAME")
        step.set_defaults(run=self._pull)

        step = steps.add_parser("add", help="install a checkpoint of your own")
        step.add_argument("source", metavar="FILE|FOLDER|HUGGING-FACE-ID")
        step.add_argument("--family", required=True, choices=list(FAMILIES))
        step.add_argument("--name", help="made from the file's name if left out")
        step.set_defaults(run=self._add)

        step = steps.add_parser("export", help="make the graphs that browsers and workers run")
        step.add_argument("names", nargs="+", metavar="NAME")
        step.set_defaults(run=self._export)

        step = steps.add_parser("bench", help="measure a segmenter on this machine")
        step.add_argument("name")
        step.add_argument("--rounds", type=int, default=ROUNDS, help=f"of each measurement ({ROUNDS})")
        step.add_argument("--threads", type=int, help="CPU threads (all)")
        step.add_argument("--json", action="store_true")
        step.set_defaults(run=self._bench)

        step = steps.add_parser("remove", help="delete an installed segmenter")
        step.add_argument("name")
        step.add_argument(
            "--force",
            action="store_true",
            help=f"even if projects use it: they get {settings.DEFAULT_SEGMENTER}",
        )
        step.set_defaults(run=self._remove)

    def handle(self, *_args: Any, run: Callable[..., None], **options: Any) -> None:
        try:
            run(**options)
        except (SegmentationError, MaskwrightError) as error:
            raise CommandError(error.message) from error

    def _list(self, *, json: bool, **_: Any) -> None:
        rows = list_all()
        self.stdout.write(_to_json([row.as_dict() for row in rows]) if json else table(rows))

    def _pull(self, *, names: list[str], **_: Any) -> None:
        for name in names:
            self._tell_added(pull_segmenter(name, on_bytes=ByteBar(name)))

    def _add(self, *, source: str, family: str, name: str | None, **_: Any) -> None:
        self._tell_added(add_segmenter(source, family=family, name=name))

    def _export(self, *, names: list[str], **_: Any) -> None:
        for name in names:
            export(get_installed(settings.SEGMENTERS_DIR, name))
            self.stdout.write(f"{name} can be chosen for projects now: on a project's page, by its managers.")

    def _bench(self, *, name: str, rounds: int, threads: int | None, json: bool, **_: Any) -> None:
        # The measurement needs libraries that the other steps do not.
        from segmentation.evaluation.speed import measure_speed
        from segmentation.registry import load_segmenter

        count = threads or len(os.sched_getaffinity(0))
        speed = measure_speed(lambda: load_segmenter(name, threads=count), rounds=max(1, rounds))
        if json:
            self.stdout.write(_to_json({"name": name, "threads": count, **speed.as_dict()}))
            return
        self.stdout.write(
            f"{name}, {count} threads: {speed.encode_ms:,.0f} ms an image, {speed.images_per_second:.2f} "
            f"images a second in batches of {speed.batch_size}, {speed.decode_ms:,.0f} ms a click (on the "
            f"server, nothing prepared), loaded in {speed.load_seconds:.1f} s, "
            f"{speed.embedding_bytes / 1e6:.2f} MB an embedding"
        )

    def _remove(self, *, name: str, force: bool, **_: Any) -> None:
        with database_needed():
            projects = remove_segmenter(name, force=force)
        for project in projects:
            self.stdout.write(f'Project "{project.name}" has {settings.DEFAULT_SEGMENTER} now.')
        self.stdout.write(f"{name} is removed.")

    def _tell_added(self, record: InstalledRecord) -> None:
        if record.parameters is not None:
            size = f"{record.parameters / 1e6:.1f} M parameters"
            self.stdout.write(f"{record.name}: {record.title}, {size}, sha256 {record.checkpoint_sha256}")
            next_step = "Next:"
        else:
            self.stdout.write(
                f"{record.name} is here, sha256 {record.checkpoint_sha256}. It is whole and holds no code; "
                f"whether it is of the family {record.family} shows when it is exported."
            )
            next_step = "Next: `make torch`, then"
        self.stdout.write(f"{next_step} `python manage.py segmenters export {record.name}`.")


def _to_json(value: object) -> str:
    return json.dumps(value, indent=2)
