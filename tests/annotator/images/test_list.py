"""The list of a project's images: order, pages, filters, and as many queries for a hundred as for one."""

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from annotator.accounts.models import User
from annotator.annotations.models import Annotation
from annotator.embeddings.models import EmbeddingRecord
from annotator.images.models import Image
from annotator.jobs.models import Job, JobState
from annotator.projects.models import Category, Project
from tests.annotator.conftest import ClientOf, make_image
from tests.annotator.images.conftest import Post
from tests.annotator.pictures import picture

pytestmark = pytest.mark.django_db


def annotate(image: Image, category: Category, *, deleted: bool = False) -> None:
    Annotation.objects.create(
        position=1,
        id=uuid4(),
        image=image,
        category=category,
        rle_counts="",
        area=0,
        bbox_xywh=[0, 0, 0, 0],
        version=1,
        source="manual",
        deleted_at=timezone.now() if deleted else None,
    )


@pytest.fixture
def names(api: ClientOf, viewer: User, project: Project) -> Any:
    """`names(**query)`: the file names in the answer."""

    def names_of(**query: str) -> list[str]:
        answer = api(viewer).get(f"/api/v1/projects/{project.pk}/images/", query).json()
        return [row["filename"] for row in answer["results"]]

    return names_of


def test_images_come_in_the_order_of_upload_a_page_at_a_time(
    api: ClientOf, viewer: User, project: Project
) -> None:
    for number in range(5):
        make_image(project, filename=f"{number}.png")
    client = api(viewer)
    first = client.get(f"/api/v1/projects/{project.pk}/images/?limit=3").json()
    second = client.get(first["next"]).json()
    assert [row["filename"] for row in first["results"]] == ["0.png", "1.png", "2.png"]
    assert [row["filename"] for row in second["results"]] == ["3.png", "4.png"]
    assert second["next"] is None


def test_annotations_are_counted_without_the_deleted_ones(
    api: ClientOf, viewer: User, image: Image, category: Category
) -> None:
    annotate(image, category)
    annotate(image, category)
    annotate(image, category, deleted=True)
    shown = api(viewer).get(f"/api/v1/images/{image.pk}/").json()
    assert (shown["annotation_count"], shown["state"]) == (2, "annotated")


def test_the_list_is_filtered_by_state(project: Project, category: Category, names: Any) -> None:
    make_image(project, filename="new.png")
    annotate(make_image(project, filename="annotated.png"), category)
    annotate(make_image(project, filename="emptied.png"), category, deleted=True)
    assert names(state="new") == ["new.png", "emptied.png"]
    assert names(state="annotated") == ["annotated.png"]


def test_the_list_is_searched_by_part_of_the_name(project: Project, names: Any) -> None:
    for name in ("Cat on mat.png", "dog.png", "category.png"):
        make_image(project, filename=name)
    assert names(search="cat") == ["Cat on mat.png", "category.png"]


def test_the_list_is_filtered_by_the_state_of_the_embedding(post: Post, names: Any) -> None:
    for seed, name in enumerate(("queued.png", "running.png", "ready.png", "failed.png")):
        post(picture(seed), name)
    jobs = {job.params["image"]: job for job in Job.objects.all()}
    by_name = {image.filename: image.pk for image in Image.objects.all()}
    Job.objects.filter(pk=jobs[by_name["running.png"]].pk).update(
        state=JobState.RUNNING, claim=uuid4(), heartbeat_at=timezone.now()
    )
    Job.objects.filter(pk=jobs[by_name["failed.png"]].pk).update(
        state=JobState.FAILED, error_code="x", finished_at=timezone.now()
    )
    EmbeddingRecord.objects.filter(image_id=by_name["ready.png"]).update(ready_at=timezone.now())
    for state in ("queued", "running", "ready", "failed"):
        assert names(embedding=state) == [f"{state}.png"]


def test_a_long_list_takes_as_many_queries_as_a_short_one(
    post: Post,
    api: ClientOf,
    viewer: User,
    project: Project,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = api(viewer)
    for seed in range(6):
        post(picture(seed))
    with django_assert_num_queries(3):  # token, membership, images
        answer = client.get(f"/api/v1/projects/{project.pk}/images/").json()
    assert len(answer["results"]) == 6
    assert {row["embedding"]["state"] for row in answer["results"]} == {"queued"}


def test_a_stranger_finds_no_list(api: ClientOf, stranger: User, project: Project) -> None:
    assert api(stranger).get(f"/api/v1/projects/{project.pk}/images/").status_code == 404


def test_neighbours_are_those_of_the_same_project(
    api: ClientOf, viewer: User, project: Project, foreign_project: Project
) -> None:
    first, _, second, third = [
        make_image(owner_project) for owner_project in (project, foreign_project, project, project)
    ]
    client = api(viewer)
    expected = {
        first.pk: {"previous": None, "next": second.pk, "position": 1, "total": 3},
        second.pk: {"previous": first.pk, "next": third.pk, "position": 2, "total": 3},
        third.pk: {"previous": second.pk, "next": None, "position": 3, "total": 3},
    }
    for image_id, neighbours in expected.items():
        assert client.get(f"/api/v1/images/{image_id}/neighbours/").json() == neighbours
