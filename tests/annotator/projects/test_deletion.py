"""A deleted project takes its files with it, and leaves those of others."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Picture
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from annotator.accounts.models import User
from annotator.images.actions import add_image
from annotator.images.storage import blob_path
from annotator.projects.actions import delete_project
from annotator.projects.models import Project


def _picture(seed: int) -> BytesIO:
    """A small PNG of noise."""
    pixels = np.random.default_rng(seed).integers(0, 256, (20, 30, 3), np.uint8)
    file = BytesIO()
    Picture.fromarray(pixels).save(file, "PNG")
    file.seek(0)
    return file


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_DIR = tmp_path


def test_its_files_go_and_those_that_another_project_has_stay(
    owner: User,
    project: Project,
    foreign_project: Project,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    only_here, _ = add_image(project=project, user=owner, filename="a.png", file=_picture(1))
    shared, _ = add_image(project=project, user=owner, filename="b.png", file=_picture(2))
    add_image(project=foreign_project, user=owner, filename="c.png", file=_picture(2))
    with django_capture_on_commit_callbacks(execute=True):
        delete_project(project)
        assert blob_path(only_here.sha256).exists()
    assert not blob_path(only_here.sha256).exists()
    assert blob_path(shared.sha256).exists()
