"""Writers that meet on one annotation, on the configured database, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from annotator.accounts.models import User
from annotator.annotations.actions import Content, put_annotation
from annotator.annotations.errors import PlaceVanished
from annotator.annotations.models import Annotation, AnnotationHistory
from annotator.images.models import Image
from annotator.projects.models import Category
from segmentation.masks import parse_rle
from tests.annotator.annotations.conftest import Answer, BodyOf, put, rle_of_box, stored
from tests.annotator.conftest import ClientOf

WRITERS = 6


def _at_once(write: Callable[[int], Answer]) -> list[Answer]:
    """The answers to `write(0)`, `write(1)`, …, started at the same moment in threads."""
    barrier = Barrier(WRITERS)

    def one(index: int) -> Answer:
        try:
            barrier.wait(timeout=10)
            return write(index)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(one, range(WRITERS)))


@pytest.mark.django_db(transaction=True)
def test_a_place_that_was_deleted_in_the_same_moment_is_told(
    annotator: User, image: Image, category: Category, annotation_id: UUID
) -> None:
    content = Content(image=image, category=category, rle=parse_rle(rle_of_box()))
    Image.objects.filter(pk=image.pk).delete()
    with pytest.raises(PlaceVanished):
        put_annotation(annotation_id, content, based_on=None, author=annotator)
    assert not Annotation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_new_id_sent_many_times_at_once_makes_one_row(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID
) -> None:
    clients = [api(annotator) for _ in range(WRITERS)]
    answers = _at_once(lambda i: put(clients[i], annotation_id, body()))
    assert sorted(answer.status_code for answer in answers) == [200] * (WRITERS - 1) + [201]
    assert Annotation.objects.count() == AnnotationHistory.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_different_masks_under_one_new_id_one_wins_and_the_others_are_told(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID
) -> None:
    clients = [api(annotator) for _ in range(WRITERS)]
    answers = _at_once(lambda i: put(clients[i], annotation_id, body(rle=rle_of_box(left=i, width=1))))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * (WRITERS - 1)
    winner = next(answer.json() for answer in answers if answer.status_code == 201)
    assert stored(annotation_id).rle_counts == winner["rle"]["counts"]


@pytest.mark.django_db(transaction=True)
def test_of_different_changes_to_one_version_one_wins_and_the_others_are_told(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID
) -> None:
    clients = [api(annotator) for _ in range(WRITERS)]
    put(clients[0], annotation_id, body())
    answers = _at_once(
        lambda i: put(clients[i], annotation_id, body(rle=rle_of_box(left=i, width=2), version=1))
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * (WRITERS - 1)
    assert stored(annotation_id).version == 2
