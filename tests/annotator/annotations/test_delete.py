"""Deleting, bringing back, and what the history says of it."""

from uuid import UUID

import pytest

from annotator.accounts.models import User
from annotator.annotations.models import Annotation, AnnotationHistory
from annotator.projects.models import Category, Project
from tests.annotator.annotations.conftest import BodyOf, put, rle_of_box, stored, url_of
from tests.annotator.conftest import ClientOf


def test_deleting_twice_is_deleting_once(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID
) -> None:
    client = api(annotator)
    put(client, annotation_id, body())
    answers = [client.delete(f"{url_of(annotation_id)}?version=1") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert [answer.json() for answer in answers] == [
        {"id": str(annotation_id), "version": 2, "deleted": True}
    ] * 2


@pytest.mark.parametrize("query", ["", "?version=1", "?version=3"])
def test_an_unseen_version_is_not_deleted(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID, query: str
) -> None:
    client = api(annotator)
    put(client, annotation_id, body())
    put(client, annotation_id, body(rle=rle_of_box(width=5), version=1))
    response = client.delete(url_of(annotation_id) + query)
    assert (response.status_code, response.json()["code"]) == (409, "stale_version")
    assert response.json()["data"]["current"]["version"] == 2
    assert stored(annotation_id).deleted_at is None


@pytest.mark.parametrize("query", ["?version=x", "?version=0", f"?version={10**30}"])
def test_a_version_is_a_number(api: ClientOf, annotator: User, annotation_id: UUID, query: str) -> None:
    response = api(annotator).delete(url_of(annotation_id) + query)
    assert response.status_code == 400
    assert response.json()["message"].startswith("version: ")


def test_a_put_with_the_deleted_version_brings_it_back(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID
) -> None:
    client = api(annotator)
    put(client, annotation_id, body(source="prompt", provenance={"seconds": 2.0}))
    version = client.delete(f"{url_of(annotation_id)}?version=1").json()["version"]
    answer = put(client, annotation_id, body(version=version))
    assert (answer.status_code, answer.json()["version"]) == (200, 3)
    assert answer.json()["provenance"] == {"seconds": 2.0}
    assert stored(annotation_id).deleted_at is None


def test_a_late_copy_of_the_first_write_does_not_bring_it_back(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID
) -> None:
    client = api(annotator)
    put(client, annotation_id, body())
    client.delete(f"{url_of(annotation_id)}?version=1")
    late = put(client, annotation_id, body())
    assert (late.status_code, late.json()["code"]) == (409, "stale_version")
    current = late.json()["data"]["current"]
    assert (current["deleted"], current["version"]) == (True, 2)


def test_a_late_delete_does_not_remove_what_was_brought_back(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID
) -> None:
    client = api(annotator)
    put(client, annotation_id, body())
    client.delete(f"{url_of(annotation_id)}?version=1")
    put(client, annotation_id, body(version=2))
    assert client.delete(f"{url_of(annotation_id)}?version=1").status_code == 409


def test_the_history_tells_who_did_what(
    api: ClientOf, annotator: User, manager: User, body: BodyOf, annotation_id: UUID
) -> None:
    put(api(annotator), annotation_id, body())
    put(api(manager), annotation_id, body(rle=rle_of_box(width=5), version=1, source="prompt"))
    api(annotator).delete(f"{url_of(annotation_id)}?version=2")
    put(api(manager), annotation_id, body(version=3))
    rows = AnnotationHistory.objects.filter(annotation=annotation_id)
    assert [(row.version, row.change, row.author, row.source) for row in rows] == [
        (1, "created", annotator, "manual"),
        (2, "changed", manager, "prompt"),
        (3, "deleted", annotator, "prompt"),
        (4, "restored", manager, "manual"),
    ]
    assert [row.rle_counts for row in rows] == [
        rle["counts"] for rle in (rle_of_box(), rle_of_box(width=5), rle_of_box(width=5), rle_of_box())
    ]


def test_a_category_in_use_stays_and_one_of_deleted_annotations_goes(
    api: ClientOf, manager: User, body: BodyOf, annotation_id: UUID, category: Category
) -> None:
    client, url = api(manager), f"/api/v1/categories/{category.pk}/"
    put(client, annotation_id, body())
    refused = client.delete(url)
    assert (refused.status_code, refused.json()["code"]) == (409, "category_in_use")
    assert refused.json()["message"].startswith("1 annotation has the category cat.")
    client.delete(f"{url_of(annotation_id)}?version=1")
    assert client.delete(url).status_code == 204
    late = put(client, annotation_id, body(category=_other_category(category)))
    assert late.json()["data"]["current"]["category"] is None
    assert AnnotationHistory.objects.get(version=1).category_name == "cat"


def _other_category(category: Category) -> int:
    return Category.objects.create(project=category.project, name="dog", color="#000000", position=9).pk


def test_deleting_the_project_deletes_its_annotations(
    api: ClientOf, owner: User, project: Project, body: BodyOf, annotation_id: UUID
) -> None:
    client = api(owner)
    put(client, annotation_id, body())
    assert client.delete(f"/api/v1/projects/{project.pk}/").status_code == 204
    assert not Annotation.objects.exists()
    assert not AnnotationHistory.objects.exists()
