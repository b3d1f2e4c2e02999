"""EMBEDDINGS_MAX_BYTES: what nobody used for the longest time goes, and comes back when somebody asks."""

import os
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from annotator.accounts.models import User
from annotator.embeddings.signatures import signature_of_image
from annotator.embeddings.store import embedding_store
from annotator.embeddings.writing import BudgetWatch
from annotator.images.models import Image
from annotator.jobs.models import Lane
from annotator.jobs.worker import drain_lane
from annotator.projects.models import Project
from segmentation.embeddings.budget import IN_USE_SECONDS
from segmentation.embeddings.store import ABANDONED_AFTER_SECONDS
from tests.annotator.conftest import ClientOf
from tests.annotator.embeddings.conftest import add
from tests.annotator.embeddings.counting import CountingSegmenter

pytestmark = pytest.mark.django_db


def _path(image: Image) -> Path:
    return embedding_store().path(signature_of_image(image).key)


def _make_old(image: Image, *, hours: float) -> None:
    used_at = time.time() - hours * 3600
    os.utime(_path(image), (used_at, used_at))


@pytest.fixture
def embedded(counted_project: Project, annotator: User) -> list[Image]:
    """Five images with their embeddings, the first one used longest ago; none lately."""
    images = [add(counted_project, annotator, seed=seed) for seed in range(5)]
    drain_lane(Lane.COMPUTE)
    for index, image in enumerate(images):
        _make_old(image, hours=10 - index)
    return images


@pytest.fixture
def size(embedded: list[Image]) -> int:
    """Bytes of one embedding; they differ by little."""
    return max(_path(image).stat().st_size for image in embedded)


def _stored(images: list[Image]) -> list[bool]:
    return [_path(image).exists() for image in images]


def test_nothing_goes_while_the_budget_is_kept(settings: Settings, embedded: list[Image], size: int) -> None:
    settings.EMBEDDINGS_MAX_BYTES = 5 * size
    call_command("upkeep")
    assert all(_stored(embedded))


def test_what_was_not_used_for_the_longest_time_goes_first(
    settings: Settings, embedded: list[Image], size: int
) -> None:
    settings.EMBEDDINGS_MAX_BYTES = 4 * size
    call_command("upkeep")
    assert _stored(embedded) == [False, False, True, True, True], "and a little more than needed"


def test_what_somebody_was_sent_counts_as_used(
    api: ClientOf, viewer: User, settings: Settings, embedded: list[Image], size: int
) -> None:
    assert api(viewer).get(f"/api/v1/images/{embedded[0].pk}/embedding/").status_code == 200
    settings.EMBEDDINGS_MAX_BYTES = 4 * size
    call_command("upkeep")
    assert _stored(embedded) == [True, False, False, True, True]


def test_what_is_in_use_stays_even_beyond_the_budget(settings: Settings, embedded: list[Image]) -> None:
    for image in embedded[2:]:
        _make_old(image, hours=IN_USE_SECONDS / 3600 / 2)
    settings.EMBEDDINGS_MAX_BYTES = 1
    call_command("upkeep")
    assert _stored(embedded) == [False, False, True, True, True]


def test_what_went_is_shown_as_waiting_and_computed_again_on_demand(
    api: ClientOf,
    viewer: User,
    settings: Settings,
    segmenter: CountingSegmenter,
    embedded: list[Image],
) -> None:
    settings.EMBEDDINGS_MAX_BYTES = 1
    call_command("upkeep")
    client, image = api(viewer), embedded[3]
    url = client.get(f"/api/v1/images/{image.pk}/").json()["embedding"]["url"]
    assert client.get(f"/api/v1/images/{image.pk}/").json()["embedding"]["state"] == "queued"
    assert client.get(url).status_code == 202
    settings.EMBEDDINGS_MAX_BYTES = 10**9
    drain_lane(Lane.COMPUTE)
    assert client.get(url).status_code == 200
    assert segmenter.encode_calls == len(embedded) + 1
    assert _stored(embedded) == [False, False, False, True, False], "only what was asked for"


def test_a_worker_keeps_the_budget_while_it_writes(
    settings: Settings, embedded: list[Image], size: int, counted_project: Project, annotator: User
) -> None:
    settings.EMBEDDINGS_MAX_BYTES = 3 * size
    fresh = add(counted_project, annotator, seed=99)
    drain_lane(Lane.COMPUTE)
    assert _path(fresh).exists()
    assert sum(_stored(embedded)) <= 2


def test_the_folder_is_not_counted_for_every_embedding(
    settings: Settings, embedded: list[Image], monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: list[int] = []

    def count() -> int:
        counts.append(1)
        return 0

    monkeypatch.setattr("annotator.embeddings.writing.keep_within_budget", count)
    settings.EMBEDDINGS_MAX_BYTES = 1000
    watch = BudgetWatch()
    for _ in range(10):
        watch.note_written(20)
    assert len(counts) == 3


def test_what_killed_writers_left_goes_after_an_hour(embedded: list[Image]) -> None:
    folder = _path(embedded[0]).parent
    left, fresh = folder / ".left.tmp", folder / ".fresh.tmp"
    for path in (left, fresh):
        path.write_bytes(b"half")
    long_ago = time.time() - ABANDONED_AFTER_SECONDS - 60
    os.utime(left, (long_ago, long_ago))
    call_command("upkeep")
    assert not left.exists()
    assert fresh.exists(), "its writer may be alive"
    assert all(_stored(embedded))
