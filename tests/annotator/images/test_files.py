"""What is served, with the headers that let a browser keep it; and what is deleted."""

import io
from pathlib import Path

import pytest
from django.test import TestCase

from annotator.accounts.models import User
from annotator.images import storage
from annotator.images.actions import add_image
from annotator.images.models import Image
from annotator.images.naming import clean_filename
from annotator.projects.models import Project
from tests.annotator.conftest import ClientOf
from tests.annotator.images.conftest import files_of
from tests.annotator.pictures import picture

pytestmark = pytest.mark.django_db


def test_the_content_is_the_upload_and_may_be_kept_for_ever(
    api: ClientOf, viewer: User, stored: Image
) -> None:
    answer = api(viewer).get(f"/api/v1/images/{stored.pk}/content/?key={stored.rendition_sha256}")
    assert b"".join(answer) == picture()
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["ETag"] == f'"{stored.rendition_sha256}"'
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == 'inline; filename="cat.png"'


def test_the_thumbnail_is_a_small_jpeg(api: ClientOf, viewer: User, stored: Image) -> None:
    answer = api(viewer).get(f"/api/v1/images/{stored.pk}/thumbnail/?key={stored.rendition_sha256}")
    assert b"".join(answer).startswith(b"\xff\xd8\xff")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("query", ["", "?key=that-of-other-pixels"])
@pytest.mark.parametrize("path", ["content", "thumbnail"])
def test_an_address_that_does_not_name_the_pixels_is_asked_for_again(
    api: ClientOf, viewer: User, stored: Image, path: str, query: str
) -> None:
    answer = api(viewer).get(f"/api/v1/images/{stored.pk}/{path}/{query}")
    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("path", ["content", "thumbnail"])
def test_a_browser_that_has_the_file_is_not_sent_it_again(
    api: ClientOf, viewer: User, stored: Image, path: str
) -> None:
    client, url = api(viewer), f"/api/v1/images/{stored.pk}/{path}/"
    etag = client.get(url).headers["ETag"]
    again = client.get(url, HTTP_IF_NONE_MATCH=etag)
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("accept", ["image/avif,image/webp", "application/octet-stream"])
def test_whatever_the_client_accepts_the_file_is_sent(
    api: ClientOf, viewer: User, stored: Image, accept: str
) -> None:
    assert api(viewer).get(f"/api/v1/images/{stored.pk}/content/", HTTP_ACCEPT=accept).status_code == 200


@pytest.mark.parametrize("path", ["", "content/", "thumbnail/", "neighbours/", "embedding/"])
def test_a_stranger_finds_no_image(api: ClientOf, stranger: User, stored: Image, path: str) -> None:
    answer = api(stranger).get(f"/api/v1/images/{stored.pk}/{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_file_that_is_gone_is_named_with_what_to_do(api: ClientOf, viewer: User, stored: Image) -> None:
    storage.blob_path(stored.rendition_sha256).unlink()
    answer = api(viewer).get(f"/api/v1/images/{stored.pk}/content/")
    assert (answer.status_code, answer.json()["code"]) == (404, "image_file_missing")
    assert "cat.png" in answer.json()["message"]


def test_a_deleted_image_takes_its_files_with_it(
    api: ClientOf, manager: User, stored: Image, media: Path
) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = api(manager).delete(f"/api/v1/images/{stored.pk}/")
    assert answer.status_code == 204
    assert not Image.objects.exists()
    assert files_of(media) == set()


def test_a_deleted_image_leaves_the_files_that_another_project_needs(
    api: ClientOf, manager: User, stored: Image, foreign_project: Project, stranger: User, media: Path
) -> None:
    add_image(project=foreign_project, user=stranger, filename="same.png", file=io.BytesIO(picture()))
    with TestCase.captureOnCommitCallbacks(execute=True):
        api(manager).delete(f"/api/v1/images/{stored.pk}/")
    assert len(files_of(media)) == 2


def test_an_annotator_may_not_delete_an_image(api: ClientOf, annotator: User, stored: Image) -> None:
    assert api(annotator).delete(f"/api/v1/images/{stored.pk}/").status_code == 403


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\photos\\cat.png", "cat.png"),
        ("a\x00b\nc\u202egnp.exe", "abcgnp.exe"),
        ("..", "image"),
        ("", "image"),
        ("x" * 300 + ".png", "x" * 251 + ".png"),
        ("猫.jpg", "猫.jpg"),
    ],
)
def test_file_names_are_made_harmless(sent: str, kept: str) -> None:
    assert clean_filename(sent) == kept
