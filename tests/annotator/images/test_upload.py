"""One file a request: kept, shown upright, found again when it comes twice, refused with a sentence."""

import hashlib
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection
from pytest_django import Settings

from annotator.accounts.models import User
from annotator.images.models import Image
from annotator.jobs.models import Job, Lane, Urgency
from annotator.projects.models import Project
from tests.annotator.conftest import ClientOf
from tests.annotator.images.conftest import Answer, Post, files_of
from tests.annotator.pictures import picture, turned_jpeg, upload

pytestmark = pytest.mark.django_db


def test_an_upload_answers_the_image(post: Post, project: Project) -> None:
    data = picture()
    answer = post(data, "Café.png")
    shown = answer.json()
    assert answer.status_code == 201
    assert (shown["project"], shown["filename"]) == (project.pk, "Café.png")
    assert (shown["width"], shown["height"]) == (40, 30)
    assert shown["sha256"] == hashlib.sha256(data).hexdigest()
    assert (shown["state"], shown["annotation_count"], shown["duplicate"]) == ("new", 0, False)
    assert shown["embedding"]["state"] == "queued"
    assert shown["embedding"]["url"].endswith(f"/embedding/?key={shown['embedding']['key']}")


def test_an_upload_asks_for_the_embedding_as_batch_work(post: Post, annotator: User) -> None:
    image_id = post(picture()).json()["id"]
    job = Job.objects.get()
    assert (job.kind, job.params, job.created_by) == ("embed_image", {"image": image_id}, annotator)
    assert (job.lane, job.urgency) == (Lane.COMPUTE, Urgency.BATCH)


def test_a_picture_that_browsers_show_is_kept_as_it_is(post: Post, media: Path) -> None:
    data = picture(format_name="JPEG")
    sha256 = hashlib.sha256(data).hexdigest()
    post(data, "cat.jpg")
    assert files_of(media) == {sha256, f"{sha256}.jpg"}


def test_a_picture_on_its_side_is_shown_upright(
    post: Post, api: ClientOf, annotator: User, media: Path
) -> None:
    shown = post(turned_jpeg(), "turned.jpg").json()
    content = api(annotator).get(shown["content_url"])
    assert (shown["width"], shown["height"]) == (30, 40)
    assert content.headers["Content-Type"] == "image/png"
    assert 'filename="turned.png"' in content.headers["Content-Disposition"]
    assert shown["sha256"] in files_of(media), "the original is kept too"


def test_the_same_bytes_are_one_image_of_a_project(post: Post) -> None:
    first = post(picture(), "one.png").json()
    again = post(picture(), "two.png")
    assert again.status_code == 200
    assert again.json() == first | {"duplicate": True}
    assert Image.objects.count() == Job.objects.count() == 1


def test_the_same_bytes_in_two_projects_are_two_images_and_one_file(
    post: Post, api: ClientOf, stranger: User, foreign_project: Project, media: Path
) -> None:
    post(picture())
    body = {"file": upload(picture())}
    answer = api(stranger).post(f"/api/v1/projects/{foreign_project.pk}/images/", body, format="multipart")
    assert answer.status_code == 201
    assert Image.objects.count() == 2
    assert len(files_of(media)) == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_sent_many_times_at_once_make_one_image(
    api: ClientOf, annotator: User, project: Project
) -> None:
    clients = [api(annotator) for _ in range(4)]
    barrier = Barrier(len(clients))

    def send(index: int) -> Answer:
        try:
            barrier.wait(timeout=10)
            body = {"file": upload(picture())}
            return clients[index].post(f"/api/v1/projects/{project.pk}/images/", body, format="multipart")
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as pool:
        answers = list(pool.map(send, range(len(clients))))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert Image.objects.count() == Job.objects.count() == 1


def _too_wide_png() -> bytes:
    """A header that claims 65,535 x 20,000 pixels, as decompression bombs do."""
    header = struct.pack(">IIBBBBB", 65_535, 20_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


@pytest.mark.parametrize(
    ("data", "reason", "sentence"),
    [
        (picture(format_name="JPEG")[:-400], "image_truncated", "ends before the image does"),
        (_too_wide_png(), "image_too_large", "150 million in all are accepted"),
        (b"My cat is called Tom.\n", "not_an_image", "The file is text, not an image"),
        (b"", "image_file_empty", "The file is empty"),
    ],
    ids=["truncated", "too-wide", "text", "empty"],
)
def test_a_broken_file_is_refused_with_a_sentence_and_leaves_nothing(
    post: Post, media: Path, data: bytes, reason: str, sentence: str
) -> None:
    answer = post(data, "photo.jpg")
    assert answer.status_code == 400
    assert answer.json()["code"] == "image_unreadable"
    assert answer.json()["data"] == {"reason": reason}
    assert sentence in answer.json()["message"]
    assert Image.objects.count() == Job.objects.count() == 0
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_a_file_over_the_size_limit_is_refused(post: Post, settings: Settings, media: Path) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    answer = post(picture())
    assert (answer.status_code, answer.json()["code"]) == (413, "upload_too_large")
    assert files_of(media) == set()


def test_a_body_over_the_size_limit_is_refused_before_it_is_read(
    api: ClientOf, annotator: User, project: Project, settings: Settings
) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    answer = api(annotator).generic(
        "POST",
        f"/api/v1/projects/{project.pk}/images/",
        "x" * 20_000,
        content_type="multipart/form-data; boundary=never-sent",
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "upload_too_large")


def test_a_request_without_a_file_says_what_to_send(api: ClientOf, annotator: User, project: Project) -> None:
    answer = api(annotator).post(f"/api/v1/projects/{project.pk}/images/", {}, format="multipart")
    assert (answer.status_code, answer.json()["code"]) == (400, "upload_missing")


def test_a_viewer_may_not_upload(post: Post, viewer: User) -> None:
    answer = post(picture(), user=viewer)
    assert (answer.status_code, answer.json()["code"]) == (403, "role_too_low")


def test_a_stranger_finds_no_project_to_upload_to(post: Post, stranger: User) -> None:
    assert post(picture(), user=stranger).status_code == 404
