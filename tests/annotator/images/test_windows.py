"""Originals of numbers are shown with any range of their values from black to white."""

import io

import numpy as np
import pytest
from PIL import Image as Picture

from annotator.accounts.models import User
from annotator.images.actions import add_image
from annotator.images.models import Image
from annotator.projects.models import Project
from tests.annotator.conftest import ClientOf

pytestmark = pytest.mark.django_db


@pytest.fixture
def deep(project: Project, annotator: User) -> Image:
    """16-bit greys: 100, 110, … in each row."""
    values = np.tile(np.arange(64, dtype=np.uint16) * 10 + 100, (8, 1))
    buffer = io.BytesIO()
    Picture.fromarray(values).save(buffer, format="TIFF")
    buffer.seek(0)
    return add_image(project=project, user=annotator, filename="scan.tif", file=buffer)[0]


def test_the_image_tells_the_range_of_its_values(api: ClientOf, viewer: User, deep: Image) -> None:
    assert api(viewer).get(f"/api/v1/images/{deep.pk}/").json()["values"] == [100, 730]


def test_a_window_of_values_is_stretched_from_black_to_white(
    api: ClientOf, viewer: User, deep: Image
) -> None:
    key = deep.rendition_sha256
    answer = api(viewer).get(f"/api/v1/images/{deep.pk}/window/?low=200&high=300&key={key}")
    row = np.asarray(Picture.open(io.BytesIO(answer.content)))[0]
    assert row[:11].tolist() == [0] * 11
    assert row[15] == pytest.approx(127, abs=1)
    assert row[20:].tolist() == [255] * 44
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("query", ["low=300&high=200", "low=5&high=5"])
def test_a_window_of_nothing_is_refused(api: ClientOf, viewer: User, deep: Image, query: str) -> None:
    answer = api(viewer).get(f"/api/v1/images/{deep.pk}/window/?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "no_value_window")


def test_an_8_bit_image_has_no_window(api: ClientOf, viewer: User, stored: Image) -> None:
    assert api(viewer).get(f"/api/v1/images/{stored.pk}/").json()["values"] is None
    answer = api(viewer).get(f"/api/v1/images/{stored.pk}/window/?low=0&high=9")
    assert answer.json()["code"] == "no_value_window"


def test_a_stranger_sees_no_window(api: ClientOf, stranger: User, deep: Image) -> None:
    assert api(stranger).get(f"/api/v1/images/{deep.pk}/window/?low=0&high=9").status_code == 404
