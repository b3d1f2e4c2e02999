"""`manage.py export_coco PROJECT --out DIR`: a project as `annotations.json` and `images/`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotator.datasets.actions import EXPORT_COCO
from annotator.datasets.errors import OutputNotEmpty
from annotator.jobs.foreground import run_job_here
from annotator.jobs.models import JobState
from annotator.projects.models import Project


class Command(BaseCommand):
    help = "Export a project as COCO: DIR/annotations.json (masks as compressed RLE) and DIR/images/."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help="number or exact name of the project")
        parser.add_argument("--out", required=True, type=Path, help="folder to write to; made if missing")
        parser.add_argument(
            "--force", action="store_true", help="write into a folder that is not empty; other files stay"
        )

    def handle(self, *, project: str, out: Path, force: bool, **_: Any) -> None:
        found = find_project(project)
        folder = out.expanduser().resolve()
        _prepare(folder, force=force)
        job = run_job_here(
            EXPORT_COCO, project=found, user=None, params={"out": str(folder)}, on_report=self._show
        )
        if job.state != JobState.SUCCEEDED:
            raise CommandError(job.error_message or job.message)
        self.stdout.write(f"{folder}")

    def _show(self, done: int, total: int, message: str) -> None:
        self.stderr.write(f"{message}: {done} of {total}", self.style.NOTICE)


def find_project(text: str) -> Project:
    """By number, else by exact name. Raises CommandError when none or several fit."""
    projects = list(Project.objects.filter(pk=int(text))) if text.isdecimal() else []
    projects = projects or list(Project.objects.filter(name=text).order_by("pk"))
    if not projects:
        known = ", ".join(f"{row.pk} ({row.name})" for row in Project.objects.order_by("pk")[:20])
        raise CommandError(f'There is no project "{text}". There are: {known or "none"}.')
    if len(projects) > 1:
        numbers = ", ".join(str(row.pk) for row in projects)
        raise CommandError(f'Several projects are called "{text}": give the number, one of {numbers}.')
    return projects[0]


def _prepare(folder: Path, *, force: bool) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not force and any(folder.iterdir()):
            raise CommandError(OutputNotEmpty(str(folder)).message)
    except OSError as error:
        raise CommandError(f"{folder} cannot be used as a folder to write to: {error.strerror}.") from error
