"""A project gets another segmenter: people go on with the embeddings that are there, and then it switches."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.accounts.models import User
from annotator.embeddings import reembedding
from annotator.embeddings.actions import forget_embedding, mark_ready, request_embeddings
from annotator.embeddings.models import EmbeddingRecord
from annotator.embeddings.signatures import signature_of_image
from annotator.embeddings.store import embedding_store
from annotator.embeddings.upkeep import remove_unneeded_embeddings
from annotator.images.models import Image
from annotator.jobs.models import Job, JobState, Lane
from annotator.jobs.runs import WorkerStopping
from annotator.jobs.worker import drain_lane
from annotator.projects.models import Project
from segmentation import registry
from segmentation.embeddings.file_format import read_embedding_file
from segmentation.segmenters.base import SegmenterSpec
from tests.annotator.conftest import ClientOf
from tests.annotator.embeddings.conftest import add
from tests.annotator.embeddings.counting import SPEC

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def others(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Two more segmenters, "second" and "third", which count like the first."""
    for number, name in enumerate(("second", "third"), start=2):
        path = tmp_path / f"{name}.json"
        manifest = json.loads(SPEC.manifest_path.read_text())
        path.write_text(json.dumps({**manifest, "segmenter": name, "checkpoint_sha256": str(number) * 64}))
        spec = SegmenterSpec(name, SPEC.family, SPEC.import_path, path, SPEC.codec)
        monkeypatch.setitem(registry._SPECS, name, spec)


def _give(api: ClientOf, manager: User, project: Project, name: str) -> dict[str, Any]:
    answer = api(manager).patch(f"/api/v1/projects/{project.pk}/", {"segmenter": name})
    assert answer.status_code == 200
    changed: dict[str, Any] = answer.json()
    return changed


def _work() -> None:
    drain_lane(Lane.IO)
    drain_lane(Lane.COMPUTE)


def _shown(api: ClientOf, user: User, image: Image) -> dict[str, Any]:
    summary: dict[str, Any] = api(user).get(f"/api/v1/images/{image.pk}/").json()["embedding"]
    return summary


def _download(api: ClientOf, user: User, url: str) -> int:
    return api(user).get(url).status_code


def test_annotators_keep_what_is_there_until_the_new_is(
    api: ClientOf, manager: User, viewer: User, added: Image
) -> None:
    _work()
    before = _shown(api, viewer, added)
    assert (before["state"], before["segmenter"]) == ("ready", "counting")

    project = _give(api, manager, added.project, "second")
    assert (project["segmenter"], project["image_count"], project["embedded_count"]) == ("second", 1, 0)
    assert _shown(api, viewer, added) == before
    drain_lane(Lane.IO)
    assert _shown(api, viewer, added) == before
    assert _download(api, viewer, before["url"]) == 200

    drain_lane(Lane.COMPUTE)
    after = _shown(api, viewer, added)
    assert (after["state"], after["segmenter"]) == ("ready", "second")
    assert after["key"] != before["key"]
    assert _download(api, viewer, after["url"]) == 200
    answer = api(viewer).get(f"/api/v1/projects/{added.project_id}/")
    assert answer.json()["embedded_count"] == 1


def test_one_job_is_seen_and_one_for_each_image_follows(
    api: ClientOf, manager: User, annotator: User, counted_project: Project
) -> None:
    images = [add(counted_project, annotator, seed=seed) for seed in range(3)]
    _work()
    _give(api, manager, counted_project, "second")
    job = Job.objects.get(kind="reembed_project")
    assert (job.total, job.created_by) == (3, manager)
    _work()
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.SUCCEEDED, 3)
    assert {_shown(api, annotator, image)["segmenter"] for image in images} == {"second"}


def test_an_opened_image_passes_the_others(
    api: ClientOf, manager: User, annotator: User, counted_project: Project
) -> None:
    images = [add(counted_project, annotator, seed=seed) for seed in range(4)]
    _work()
    _give(api, manager, counted_project, "second")
    drain_lane(Lane.IO)
    assert _download(api, annotator, f"/api/v1/images/{images[2].pk}/embedding/") == 202
    last = Job.objects.filter(kind="embed_image").latest("id").pk
    drain_lane(Lane.COMPUTE)
    order = Job.objects.filter(id__gt=last - 4, kind="embed_image").order_by("attempt_history__id")
    assert next(iter(order.values_list("params__image", flat=True))) == images[2].pk


def test_going_back_needs_no_computing(api: ClientOf, manager: User, viewer: User, added: Image) -> None:
    _work()
    before = _shown(api, viewer, added)
    _give(api, manager, added.project, "second")
    _work()
    jobs = Job.objects.filter(kind="embed_image").count()
    _give(api, manager, added.project, "counting")
    _work()
    assert _shown(api, viewer, added) == before
    assert Job.objects.filter(kind="embed_image").count() == jobs


def test_a_second_change_midway_ends_at_the_last_one(
    api: ClientOf, manager: User, annotator: User, counted_project: Project
) -> None:
    images = [add(counted_project, annotator, seed=seed) for seed in range(3)]
    _work()
    _give(api, manager, counted_project, "second")
    drain_lane(Lane.IO)
    _give(api, manager, counted_project, "third")
    assert {_shown(api, annotator, image)["segmenter"] for image in images} == {"counting"}
    _work()
    assert {_shown(api, annotator, image)["segmenter"] for image in images} == {"third"}
    assert Job.objects.filter(kind="embed_image", state=JobState.SUCCEEDED).count() == 6


def test_a_change_before_the_first_is_carried_out_cancels_it(
    api: ClientOf, manager: User, annotator: User, added: Image
) -> None:
    _work()
    _give(api, manager, added.project, "second")
    _give(api, manager, added.project, "third")
    _work()
    states = Job.objects.filter(kind="reembed_project").order_by("id").values_list("state", flat=True)
    assert list(states) == [JobState.CANCELLED, JobState.SUCCEEDED]
    assert _shown(api, annotator, added)["segmenter"] == "third"


def test_what_was_computed_for_an_outdated_segmenter_is_not_taken(
    api: ClientOf, manager: User, added: Image
) -> None:
    outdated = signature_of_image(added)
    _give(api, manager, added.project, "second")
    assert not mark_ready(added.pk, outdated)
    assert EmbeddingRecord.objects.get().ready_at is None


def test_images_deleted_meanwhile_do_no_harm(
    api: ClientOf, manager: User, annotator: User, counted_project: Project
) -> None:
    images = [add(counted_project, annotator, seed=seed) for seed in range(3)]
    _work()
    _give(api, manager, counted_project, "second")
    images[0].delete()
    drain_lane(Lane.IO)
    images[1].delete()
    drain_lane(Lane.COMPUTE)
    assert _shown(api, annotator, images[2])["segmenter"] == "second"
    assert not Job.objects.filter(state__in=[JobState.FAILED, JobState.QUEUED, JobState.RUNNING]).exists()


def test_old_files_are_removed_only_when_the_new_are_there(
    api: ClientOf, manager: User, viewer: User, added: Image
) -> None:
    _work()
    old = embedding_store().path(_shown(api, viewer, added)["key"])
    _give(api, manager, added.project, "second")
    drain_lane(Lane.IO)
    assert (remove_unneeded_embeddings(), old.exists()) == (0, True)
    drain_lane(Lane.COMPUTE)
    assert (remove_unneeded_embeddings(), old.exists()) == (1, False)


@pytest.mark.parametrize("noticed", [True, False])
def test_without_the_old_file_the_new_one_is_waited_for(
    api: ClientOf, manager: User, viewer: User, added: Image, *, noticed: bool
) -> None:
    _work()
    before = _shown(api, viewer, added)
    _give(api, manager, added.project, "second")
    drain_lane(Lane.IO)
    embedding_store().path(before["key"]).unlink()
    if noticed:
        forget_embedding(before["key"])
    else:
        assert _download(api, viewer, before["url"]) == 404
    now = _shown(api, viewer, added)
    assert (now["state"], now["segmenter"]) == ("queued", "second")
    assert _download(api, viewer, now["url"]) == 202


def test_the_file_says_whose_it_is(api: ClientOf, manager: User, added: Image) -> None:
    _give(api, manager, added.project, "second")
    _work()
    signature = signature_of_image(Image.objects.get(pk=added.pk))
    assert signature.segmenter == "second"
    assert read_embedding_file(embedding_store().path(signature.key), signature).original_hw == (30, 40)


def test_an_unknown_segmenter_is_refused_with_the_known_ones(
    api: ClientOf, manager: User, added: Image
) -> None:
    answer = api(manager).patch(f"/api/v1/projects/{added.project_id}/", {"segmenter": "nobody"})
    body = answer.json()
    assert (answer.status_code, body["code"]) == (400, "segmenter_unknown")
    assert {"pocket", "second"} <= set(body["data"]["known"])
    assert Project.objects.get(pk=added.project_id).segmenter == "counting"


def test_annotators_do_not_choose_the_segmenter(api: ClientOf, annotator: User, added: Image) -> None:
    answer = api(annotator).patch(f"/api/v1/projects/{added.project_id}/", {"segmenter": "second"})
    assert (answer.status_code, answer.json()["code"]) == (403, "role_too_low")


def test_the_same_segmenter_again_changes_nothing(api: ClientOf, manager: User, added: Image) -> None:
    _give(api, manager, added.project, "counting")
    assert not Job.objects.filter(kind="reembed_project").exists()


def test_an_upload_during_the_change_is_embedded_with_the_new_one(
    api: ClientOf, manager: User, annotator: User, added: Image
) -> None:
    _work()
    _give(api, manager, added.project, "second")
    project = Project.objects.get(pk=added.project_id)
    late = add(project, annotator, seed=9)
    _work()
    assert _shown(api, annotator, late)["segmenter"] == "second"


def test_a_worker_that_stops_midway_leaves_the_rest_to_the_next(
    api: ClientOf,
    manager: User,
    annotator: User,
    counted_project: Project,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    images = [add(counted_project, annotator, seed=seed) for seed in range(3)]
    _work()
    _give(api, manager, counted_project, "second")
    monkeypatch.setattr(reembedding, "IMAGES_AT_ONCE", 1)
    pages: list[int] = []

    def stop_at_the_second(page: list[Image], **options: Any) -> int:
        pages.append(page[0].pk)
        if len(pages) == 2:
            raise WorkerStopping
        return request_embeddings(page, **options)

    monkeypatch.setattr(reembedding, "request_embeddings", stop_at_the_second)
    drain_lane(Lane.IO)
    job = Job.objects.get(kind="reembed_project")
    outcomes = job.attempt_history.order_by("id").values_list("outcome", flat=True)
    assert (job.state, list(outcomes)) == (JobState.SUCCEEDED, ["interrupted", "succeeded"])
    drain_lane(Lane.COMPUTE)
    assert {_shown(api, annotator, image)["segmenter"] for image in images} == {"second"}
    assert Job.objects.filter(kind="embed_image").count() == 6, "one for each image and segmenter"
