"""Uploads into a media folder of their own."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from annotator.accounts.models import User
from annotator.images.actions import add_image
from annotator.images.models import Image
from annotator.projects.models import Project
from tests.annotator.conftest import ClientOf
from tests.annotator.pictures import picture, upload

Answer = Any  # the test client's response, which its stubs do not describe
Post = Callable[..., Answer]


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """The folder with the files of images, empty at first."""
    settings.MEDIA_DIR = tmp_path / "files"
    settings.EMBEDDINGS_DIR = tmp_path / "embeddings"
    return tmp_path / "files"


@pytest.fixture
def post(api: ClientOf, annotator: User, project: Project) -> Post:
    """`post(data, name)`: the answer to an upload by the annotator."""

    def post_file(data: bytes, name: str = "picture.png", *, user: User = annotator) -> Answer:
        body = {"file": upload(data, name)}
        return api(user).post(f"/api/v1/projects/{project.pk}/images/", body, format="multipart")

    return post_file


@pytest.fixture
def stored(project: Project, annotator: User) -> Image:
    """An image with its files."""
    image, _ = add_image(project=project, user=annotator, filename="cat.png", file=io.BytesIO(picture()))
    return image


def files_of(media: Path) -> set[str]:
    """Names of the blobs and thumbnails."""
    return {
        path.name for kind in ("blobs", "thumbnails") for path in (media / kind).rglob("*") if path.is_file()
    }
