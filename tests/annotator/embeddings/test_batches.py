"""Waiting images go through a segmenter that takes several at once."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from annotator.accounts.models import User
from annotator.embeddings.actions import hurry_embedding
from annotator.embeddings.models import EmbeddingRecord
from annotator.embeddings.signatures import signature_of_image
from annotator.embeddings.store import embedding_store
from annotator.images import storage
from annotator.images.models import Image
from annotator.images.pixels import read_pixels
from annotator.jobs.models import AttemptOutcome, Job, JobAttempt, JobState, Lane, Urgency
from annotator.jobs.worker import drain_lane
from annotator.projects.models import Project
from segmentation.segmenters.base import ImageEmbedding
from tests.annotator.embeddings.conftest import add
from tests.annotator.embeddings.counting import CountingSegmenter

pytestmark = pytest.mark.django_db

SIZE = 3


@pytest.fixture
def batches(segmenter: CountingSegmenter, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the batches that the segmenter was given; it takes three images at once."""
    sizes: list[int] = []
    encode_batch = segmenter.encode_batch

    def recorded(prepared: Sequence[NDArray[np.uint8]]) -> list[ImageEmbedding]:
        sizes.append(len(prepared))
        return encode_batch(prepared)

    monkeypatch.setattr(segmenter, "batch_size", SIZE)
    monkeypatch.setattr(segmenter, "encode_batch", recorded)
    return sizes


@pytest.fixture
def waiting(counted_project: Project, annotator: User) -> list[Image]:
    return [add(counted_project, annotator, seed=seed) for seed in range(2 * SIZE + 1)]


def _states() -> list[str]:
    return list(Job.objects.order_by("id").values_list("state", flat=True))


def test_waiting_images_are_encoded_in_batches(batches: list[int], waiting: list[Image]) -> None:
    drain_lane(Lane.COMPUTE)
    assert batches == [SIZE, SIZE, 1]
    assert _states() == [JobState.SUCCEEDED] * len(waiting)
    assert EmbeddingRecord.objects.filter(ready_at__isnull=False).count() == len(waiting)
    for image in waiting:
        assert embedding_store().has(signature_of_image(image))
    assert set(JobAttempt.objects.values_list("outcome", flat=True)) == {AttemptOutcome.SUCCEEDED}


def test_a_batch_gives_what_single_images_give(
    batches: list[int], waiting: list[Image], segmenter: CountingSegmenter
) -> None:
    drain_lane(Lane.COMPUTE)
    for image in waiting:
        stored = embedding_store().read(signature_of_image(image))
        expected = segmenter.encode(read_pixels(image)).tensors["means"].astype(np.float16)
        np.testing.assert_array_equal(stored.tensors["means"], expected)


def test_a_file_that_is_gone_fails_alone(batches: list[int], waiting: list[Image]) -> None:
    storage.blob_path(waiting[1].rendition_sha256).unlink()
    drain_lane(Lane.COMPUTE)
    states = _states()
    assert states.pop(1) == JobState.FAILED
    assert set(states) == {JobState.SUCCEEDED}
    assert Job.objects.get(state=JobState.FAILED).error_code == "image_file_missing"


def test_an_image_that_breaks_its_batch_fails_alone(
    batches: list[int], waiting: list[Image], segmenter: CountingSegmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison = read_pixels(waiting[2])
    encode = segmenter.encode

    def picky(image: NDArray[np.uint8]) -> ImageEmbedding:
        if np.array_equal(image, poison):
            raise ArithmeticError("secret detail")
        return encode(image)

    monkeypatch.setattr(segmenter, "encode", picky)
    drain_lane(Lane.COMPUTE)
    states = _states()
    assert states.pop(2) == JobState.FAILED
    assert set(states) == {JobState.SUCCEEDED}
    assert batches == [SIZE, 1, 1, 1, SIZE, 1]


def test_equal_images_in_one_batch_are_encoded_once(
    batches: list[int],
    counted_project: Project,
    annotator: User,
    foreign_project: Project,
    stranger: User,
    segmenter: CountingSegmenter,
) -> None:
    foreign_project.segmenter = segmenter.spec.name
    foreign_project.save()
    add(counted_project, annotator)
    add(foreign_project, stranger)
    drain_lane(Lane.COMPUTE)
    assert segmenter.encode_calls == 1
    assert _states() == [JobState.SUCCEEDED] * 2


def test_the_image_that_somebody_opens_passes_what_was_read_ahead(
    batches: list[int],
    waiting: list[Image],
    annotator: User,
    segmenter: CountingSegmenter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While the first batch is encoded somebody opens the last image: it waits for that batch alone."""
    opened = waiting[-1]
    encode_batch = segmenter.encode_batch

    def interrupted(prepared: Sequence[NDArray[np.uint8]]) -> list[ImageEmbedding]:
        if not batches:
            hurry_embedding(opened, signature_of_image(opened), user=annotator)
        return encode_batch(prepared)

    monkeypatch.setattr(segmenter, "encode_batch", interrupted)
    drain_lane(Lane.COMPUTE)
    succeeded = JobAttempt.objects.filter(outcome=AttemptOutcome.SUCCEEDED).order_by("ended_at", "id")
    order = list(succeeded.values_list("job__params__image", flat=True))
    assert order[SIZE] == opened.pk
    assert batches == [SIZE, 1, SIZE]
    assert Job.objects.get(params__image=opened.pk).urgency == Urgency.INTERACTIVE
    assert _states() == [JobState.SUCCEEDED] * len(waiting)


def test_a_job_that_is_cancelled_after_its_claim_is_not_encoded(
    batches: list[int], waiting: list[Image], segmenter: CountingSegmenter
) -> None:
    job = Job.objects.get(params__image=waiting[1].pk)
    Job.objects.filter(pk=job.pk).update(cancel_requested=True)
    drain_lane(Lane.COMPUTE)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert segmenter.encode_calls == len(waiting) - 1
