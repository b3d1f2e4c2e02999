"""The counting segmenter in the place of a trained one, and folders of their own."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from annotator.accounts.models import User
from annotator.embeddings import computing
from annotator.images.actions import add_image
from annotator.images.models import Image
from annotator.projects.models import Project
from segmentation import registry
from segmentation.embeddings import signature_for
from segmentation.registry import load_segmenter
from tests.annotator.embeddings.counting import SPEC, CountingSegmenter
from tests.annotator.pictures import picture


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path) -> Path:
    """Where embeddings are stored: empty at first."""
    settings.MEDIA_DIR = tmp_path / "files"
    settings.EMBEDDINGS_DIR = tmp_path / "embeddings"
    return tmp_path / "embeddings"


@pytest.fixture
def segmenter(monkeypatch: pytest.MonkeyPatch) -> Iterator[CountingSegmenter]:
    """The one that the worker keeps loaded."""
    monkeypatch.setitem(registry._SPECS, SPEC.name, SPEC)
    computing._loaded.clear()
    signature = signature_for(SPEC, image_sha256="")
    kept = load_segmenter(SPEC.name)
    assert isinstance(kept, CountingSegmenter)
    identity = (SPEC.name, signature.checkpoint_sha256, signature.encoding_sha256)
    computing._loaded[identity] = kept
    yield kept
    computing._loaded.clear()


@pytest.fixture
def counted_project(project: Project, segmenter: CountingSegmenter) -> Project:
    project.segmenter = segmenter.spec.name
    project.save()
    return project


@pytest.fixture
def added(counted_project: Project, annotator: User) -> Image:
    """An image with its files, its embedding asked for."""
    return add(counted_project, annotator)


def add(project: Project, user: User, *, seed: int = 0) -> Image:
    image, _ = add_image(project=project, user=user, filename="cat.png", file=io.BytesIO(picture(seed)))
    return image
