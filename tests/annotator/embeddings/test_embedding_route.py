"""GET images/ID/embedding/: 202, then a file that never changes. What gets lost is computed again."""

import gzip
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PillowImage

from annotator.accounts.models import User
from annotator.embeddings.models import EmbeddingRecord
from annotator.embeddings.signatures import signature_of_image
from annotator.embeddings.store import embedding_store
from annotator.images import storage
from annotator.images.actions import add_image
from annotator.images.models import Image
from annotator.jobs.actions import cancel_job, retry_job
from annotator.jobs.models import Job, JobState, Lane, Urgency
from annotator.jobs.worker import drain_lane
from annotator.projects.models import Membership, Project
from annotator.projects.roles import Role
from tests.annotator.conftest import ClientOf
from tests.annotator.embeddings.conftest import add
from tests.annotator.embeddings.counting import CountingSegmenter
from tests.annotator.pictures import turned_jpeg

pytestmark = pytest.mark.django_db


def _url(image: Image) -> str:
    return f"/api/v1/images/{image.pk}/embedding/"


def _path(image: Image) -> Path:
    return embedding_store().path(signature_of_image(image).key)


def test_asking_early_answers_202_and_makes_the_job_interactive(
    api: ClientOf, viewer: User, added: Image
) -> None:
    answer = api(viewer).get(_url(added))
    job = Job.objects.get()
    assert answer.status_code == 202
    assert answer.headers["Retry-After"] == "1"
    assert answer.json()["job"]["id"] == job.pk
    assert job.urgency == Urgency.INTERACTIVE


def test_the_image_that_somebody_waits_for_is_computed_before_the_others(
    api: ClientOf, viewer: User, counted_project: Project, annotator: User
) -> None:
    images = [add(counted_project, annotator, seed=seed) for seed in range(4)]
    api(viewer).get(_url(images[2]))
    drain_lane(Lane.COMPUTE)
    in_order = Job.objects.order_by("attempt_history__id").values_list("params__image", flat=True)
    assert list(in_order) == [images[i].pk for i in (2, 0, 1, 3)]


def test_the_embedding_is_a_file_that_may_be_kept(api: ClientOf, viewer: User, added: Image) -> None:
    drain_lane(Lane.COMPUTE)
    signature = signature_of_image(added)
    answer = api(viewer).get(_url(added), HTTP_ACCEPT_ENCODING="gzip, deflate, br")
    assert answer.status_code == 200
    assert b"".join(answer) == _path(added).read_bytes(), "what is stored, not compressed again"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["ETag"] == f'"{signature.key}"'
    assert answer.headers["Cache-Control"] == "private, max-age=3600, immutable"
    stored = embedding_store().read(signature)
    assert stored.original_hw == (30, 40)


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0"])
def test_who_does_not_take_gzip_is_sent_the_content(
    api: ClientOf, viewer: User, added: Image, accepted: str
) -> None:
    drain_lane(Lane.COMPUTE)
    client = api(viewer)
    answer = client.get(_url(added), HTTP_ACCEPT_ENCODING=accepted)
    content = b"".join(answer)
    assert content == gzip.decompress(_path(added).read_bytes())
    assert "Content-Encoding" not in answer.headers
    assert int(answer.headers["Content-Length"]) == len(content)
    etag = answer.headers["ETag"]
    assert etag != f'"{signature_of_image(added).key}"', "other bytes, another tag"
    again = client.get(_url(added), HTTP_ACCEPT_ENCODING=accepted, HTTP_IF_NONE_MATCH=etag)
    assert again.status_code == 304


def test_what_is_embedded_is_the_image_as_shown(counted_project: Project, annotator: User) -> None:
    upload = io.BytesIO(turned_jpeg())
    image, _ = add_image(project=counted_project, user=annotator, filename="turned.jpg", file=upload)
    drain_lane(Lane.COMPUTE)
    stored = embedding_store().read(signature_of_image(image))
    upright = np.asarray(PillowImage.open(io.BytesIO(turned_jpeg())).convert("RGB"), np.float32)
    upright = np.rot90(upright, k=-1)
    assert stored.original_hw == upright.shape[:2] == (40, 30)
    assert stored.tensors["means"][0, :, 0, 0] == pytest.approx(upright[:8, :8].mean(axis=(0, 1)), abs=0.2)


def test_under_its_key_it_may_be_kept_for_ever(api: ClientOf, viewer: User, added: Image) -> None:
    drain_lane(Lane.COMPUTE)
    client = api(viewer)
    url = client.get(f"/api/v1/images/{added.pk}/").json()["embedding"]["url"]
    assert client.get(url).headers["Cache-Control"] == "private, max-age=31536000, immutable"


def test_a_browser_that_has_it_is_not_sent_it_again(api: ClientOf, viewer: User, added: Image) -> None:
    drain_lane(Lane.COMPUTE)
    etag = f'"{signature_of_image(added).key}"'
    answer = api(viewer).get(_url(added), HTTP_IF_NONE_MATCH=etag, HTTP_ACCEPT_ENCODING="gzip")
    assert answer.status_code == 304


def test_an_old_key_answers_404_with_what_to_do(api: ClientOf, viewer: User, added: Image) -> None:
    answer = api(viewer).get(_url(added), {"key": "0" * 64})
    assert (answer.status_code, answer.json()["code"]) == (404, "embedding_key_unknown")
    assert answer.json()["data"]["current"] == signature_of_image(added).key


def test_the_list_tells_when_it_is_ready(api: ClientOf, viewer: User, added: Image) -> None:
    client, url = api(viewer), f"/api/v1/images/{added.pk}/"
    before = client.get(url).json()["embedding"]["state"]
    drain_lane(Lane.COMPUTE)
    assert (before, client.get(url).json()["embedding"]["state"]) == ("queued", "ready")


def test_the_same_content_in_two_projects_is_computed_once(
    api: ClientOf,
    segmenter: CountingSegmenter,
    added: Image,
    foreign_project: Project,
    stranger: User,
) -> None:
    foreign_project.segmenter = segmenter.spec.name
    foreign_project.save()
    early = add(foreign_project, stranger)
    drain_lane(Lane.COMPUTE)
    assert segmenter.encode_calls == 1
    assert api(stranger).get(_url(early)).status_code == 200


def test_content_that_has_an_embedding_needs_no_job(
    segmenter: CountingSegmenter, added: Image, stranger: User, foreign_project: Project
) -> None:
    drain_lane(Lane.COMPUTE)
    Membership.objects.create(project=added.project, user=stranger, role=Role.ANNOTATOR)
    foreign_project.segmenter = segmenter.spec.name
    foreign_project.save()
    late = add(foreign_project, stranger)
    assert Job.objects.filter(project=foreign_project).count() == 0
    assert EmbeddingRecord.objects.get(image=late).ready_at is not None


@pytest.mark.parametrize("damage", ["deleted", "truncated", "garbage"])
def test_a_lost_or_damaged_file_is_computed_again(
    api: ClientOf, viewer: User, segmenter: CountingSegmenter, added: Image, damage: str
) -> None:
    drain_lane(Lane.COMPUTE)
    path, client = _path(added), api(viewer)
    good = path.read_bytes()
    if damage == "deleted":
        path.unlink()
    else:
        path.write_bytes(good[:100] if damage == "truncated" else bytes(500))
    assert client.get(_url(added)).status_code == 202
    drain_lane(Lane.COMPUTE)
    assert b"".join(client.get(_url(added), HTTP_ACCEPT_ENCODING="gzip")) == good
    assert segmenter.encode_calls == 2


def test_a_failure_answers_409_with_the_job_to_retry(
    api: ClientOf, viewer: User, annotator: User, added: Image
) -> None:
    blob = storage.blob_path(added.rendition_sha256)
    blob.rename(blob.with_suffix(".away"))
    drain_lane(Lane.COMPUTE)
    answer = api(viewer).get(_url(added))
    job = Job.objects.get()
    assert (answer.status_code, answer.json()["code"]) == (409, "embedding_failed")
    assert answer.json()["data"] == {"job": job.pk, "reason": "image_file_missing"}
    assert f"/api/v1/jobs/{job.pk}/retry/" in answer.json()["message"]

    blob.with_suffix(".away").rename(blob)
    assert api(annotator).post(f"/api/v1/jobs/{job.pk}/retry/").status_code == 200
    drain_lane(Lane.COMPUTE)
    assert api(viewer).get(_url(added)).status_code == 200


def test_a_cancelled_embedding_is_asked_for_anew(api: ClientOf, viewer: User, added: Image) -> None:
    cancel_job(Job.objects.get())
    answer = api(viewer).get(_url(added))
    assert answer.status_code == 202
    assert Job.objects.filter(state=JobState.QUEUED).count() == 1


def test_a_retried_job_is_the_one_that_is_watched(api: ClientOf, viewer: User, added: Image) -> None:
    job = Job.objects.get()
    cancel_job(job)
    retry_job(job)
    assert api(viewer).get(_url(added)).json()["job"]["id"] == job.pk


def test_the_job_of_an_image_that_was_deleted_is_cancelled(
    added: Image, segmenter: CountingSegmenter
) -> None:
    added.delete()
    drain_lane(Lane.COMPUTE)
    job = Job.objects.get()
    assert (job.state, segmenter.encode_calls) == (JobState.CANCELLED, 0)
    assert "deleted" in job.message


def test_images_are_shown_although_their_segmenter_is_not_installed(
    api: ClientOf, viewer: User, added: Image
) -> None:
    Project.objects.filter(pk=added.project_id).update(segmenter="uninstalled")
    client = api(viewer)
    listed = client.get(f"/api/v1/projects/{added.project_id}/images/").json()["results"][0]
    assert listed["embedding"]["state"] == "failed"
    answer = client.get(_url(added))
    assert (answer.status_code, answer.json()["code"]) == (404, "segmenter_not_found")
