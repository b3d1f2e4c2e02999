"""What the worker tidies up, and what it must leave alone."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from annotator.accounts.models import User
from annotator.datasets.actions import request_export
from annotator.datasets.upkeep import KEPT_FOR
from annotator.images.upkeep import ABANDONED_AFTER_SECONDS
from annotator.jobs.models import Job, Lane
from annotator.jobs.worker import drain_lane
from annotator.projects.actions import delete_project
from annotator.projects.models import Project
from tests.annotator.datasets.conftest import add
from tests.annotator.pictures import picture

pytestmark = pytest.mark.django_db


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name != "lock"]


def test_the_files_of_a_deleted_project_go_and_those_of_others_stay(
    project: Project, foreign_project: Project, annotator: User, stranger: User, data: Path
) -> None:
    add(project, annotator, "mine.png", picture(1))
    add(project, annotator, "shared.png", picture(2))
    add(foreign_project, stranger, "shared.png", picture(2))
    drain_lane(Lane.COMPUTE)
    assert len(list(data.rglob("*.safetensors.gz"))) == 2

    delete_project(project)
    call_command("upkeep")
    assert len(_files(data / "files" / "blobs")) == len(_files(data / "files" / "thumbnails")) == 1
    assert len(list(data.rglob("*.safetensors.gz"))) == 1

    delete_project(foreign_project)
    call_command("upkeep")
    assert _files(data) == []


def test_what_is_needed_stays(filled: Project, annotator: User, data: Path) -> None:
    request_export(filled, user=annotator)
    drain_lane(Lane.COMPUTE)
    drain_lane(Lane.IO)
    before = sorted(_files(data))
    call_command("upkeep")
    assert sorted(_files(data)) == before


def test_old_exports_go(filled: Project, annotator: User, data: Path) -> None:
    request_export(filled, user=annotator)
    drain_lane(Lane.IO)
    assert len(_files(data / "exports")) == 1
    Job.objects.update(created_at=timezone.now() - KEPT_FOR - timedelta(minutes=1))
    call_command("upkeep")
    assert _files(data / "exports") == []


def test_uploads_that_were_killed_half_way_go_after_a_day(project: Project, data: Path) -> None:
    killed, running = data / "files" / "incoming" / "killed", data / "files" / "incoming" / "running"
    for folder in (killed, running):
        folder.mkdir(parents=True)
        (folder / "upload").write_bytes(b"half")
    long_ago = time.time() - ABANDONED_AFTER_SECONDS - 60
    os.utime(killed, (long_ago, long_ago))
    call_command("upkeep")
    assert not killed.exists()
    assert running.exists()
