"""A project with pictures and masks."""

import io
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest
from numpy.typing import NDArray
from pytest_django import Settings

from annotator.accounts.models import User
from annotator.annotations.actions import Content, put_annotation
from annotator.images.actions import add_image
from annotator.images.models import Image
from annotator.projects.actions import create_category
from annotator.projects.models import Category, Project
from segmentation.masks import encode
from tests.annotator.pictures import picture, turned_jpeg


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: Path) -> Path:
    """The data folder: empty at first."""
    folder = tmp_path / "data"
    settings.DATA_DIR = folder
    settings.MEDIA_DIR = folder / "files"
    settings.EMBEDDINGS_DIR = folder / "embeddings"
    return folder


def add(project: Project, user: User, name: str, data: bytes) -> Image:
    return add_image(project=project, user=user, filename=name, file=io.BytesIO(data))[0]


def annotate(image: Image, category: Category, mask: NDArray[np.bool_], *, number: int, user: User) -> None:
    content = Content(image=image, category=category, rle=encode(mask), source=None, provenance=None)
    put_annotation(UUID(int=number), content, based_on=None, author=user)


def random_mask(image: Image, seed: int) -> NDArray[np.bool_]:
    """Specks and holes."""
    return np.random.default_rng(seed).random((image.height, image.width)) < 0.4


@pytest.fixture
def filled(project: Project, annotator: User) -> Project:
    """Three pictures, two of the same name, one turned; seven masks of two categories."""
    categories = [create_category(project, name=name) for name in ("cat", "猫")]
    images = [
        add(project, annotator, "a.png", picture(1)),
        add(project, annotator, "A.png", picture(2, size_wh=(25, 17))),
        add(project, annotator, "turned.jpg", turned_jpeg(3)),
    ]
    for number in range(6):
        image = images[number % 2]
        annotate(image, categories[number % 2], random_mask(image, number), number=number, user=annotator)
    full = np.ones((images[2].height, images[2].width), bool)
    annotate(images[2], categories[1], full, number=99, user=annotator)
    return project
