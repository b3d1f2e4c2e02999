"""PUT /annotations/UUID/: once, whatever happens to the connection, and never over somebody else's work."""

from uuid import UUID

import pytest

from annotator.accounts.models import User
from annotator.annotations.models import Annotation, AnnotationHistory
from annotator.images.models import Image
from annotator.projects.actions import create_category
from annotator.projects.models import Category, Project
from tests.annotator.annotations.conftest import BodyOf, put, rle_of_box, stored, url_of
from tests.annotator.conftest import ClientOf, make_image


def test_a_new_annotation_is_stored_with_what_the_server_computes(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID, image: Image, category: Category
) -> None:
    response = put(api(annotator), annotation_id, body())
    assert response.status_code == 201
    answer = response.json()
    assert answer["id"] == str(annotation_id)
    assert (answer["image"], answer["category"]) == (image.pk, category.pk)
    assert answer["rle"] == rle_of_box()
    assert (answer["area"], answer["bbox_xywh"]) == (6, [1, 2, 3, 2])
    assert (answer["version"], answer["source"], answer["author"]) == (1, "manual", "anna-annotator")
    assert answer["provenance"] == {}


def test_the_same_body_twice_makes_one_annotation(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID
) -> None:
    client = api(annotator)
    first, second = put(client, annotation_id, body()), put(client, annotation_id, body())
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert AnnotationHistory.objects.count() == 1


def test_runs_cut_up_differently_are_the_same_mask(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID
) -> None:
    client = api(annotator)
    put(client, annotation_id, body(rle={"size": [6, 8], "counts": [48]}))
    again = put(client, annotation_id, body(rle={"size": [6, 8], "counts": [40, 0, 8]}))
    assert (again.status_code, again.json()["version"]) == (200, 1)


def test_a_write_over_the_seen_version_makes_the_next_one(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID
) -> None:
    client = api(annotator)
    put(client, annotation_id, body())
    response = put(client, annotation_id, body(rle=rle_of_box(width=5), version=1))
    assert response.status_code == 200
    assert (response.json()["version"], response.json()["area"]) == (2, 10)


def test_a_write_that_arrived_is_not_made_again_when_it_is_sent_again(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID
) -> None:
    client = api(annotator)
    put(client, annotation_id, body())
    change = body(rle=rle_of_box(width=5), version=1)
    put(client, annotation_id, change)
    again = put(client, annotation_id, change)
    assert (again.status_code, again.json()["version"]) == (200, 2)


def test_an_older_write_that_says_what_is_stored_is_accepted(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID
) -> None:
    client = api(annotator)
    first = body()
    put(client, annotation_id, first)
    put(client, annotation_id, body(rle=rle_of_box(width=5), version=1))
    put(client, annotation_id, body(version=2))
    again = put(client, annotation_id, first)
    assert (again.status_code, again.json()["version"]) == (200, 3)


@pytest.mark.parametrize("seen", [{}, {"version": None}, {"version": 0}, {"version": 1}, {"version": 3}])
def test_other_content_over_an_unseen_version_is_told_what_is_stored(
    api: ClientOf, annotator: User, manager: User, body: BodyOf, annotation_id: UUID, seen: dict[str, int]
) -> None:
    put(api(annotator), annotation_id, body())
    theirs = put(api(manager), annotation_id, body(rle=rle_of_box(width=5), version=1)).json()
    mine = put(api(annotator), annotation_id, body(rle=rle_of_box(height=4), **seen))
    assert mine.status_code == 409
    assert mine.json()["code"] == "stale_version"
    assert mine.json()["data"]["current"] == {**theirs, "deleted": False}
    assert stored(annotation_id).version == 2


def test_only_the_category_may_change(
    api: ClientOf, annotator: User, project: Project, body: BodyOf, annotation_id: UUID
) -> None:
    client = api(annotator)
    dog = create_category(project, name="dog")
    put(client, annotation_id, body(source="prompt", provenance={"predicted_iou": 0.9}))
    answer = put(client, annotation_id, body(category=dog.pk, version=1)).json()
    assert (answer["category"], answer["version"]) == (dog.pk, 2)
    assert (answer["source"], answer["provenance"]) == ("prompt", {"predicted_iou": 0.9})


def test_a_new_mask_does_not_keep_the_provenance_of_the_old_one(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID
) -> None:
    client = api(annotator)
    put(client, annotation_id, body(source="prompt", provenance={"predicted_iou": 0.9}))
    answer = put(client, annotation_id, body(rle=rle_of_box(width=5), version=1)).json()
    assert (answer["source"], answer["provenance"]) == ("manual", {})


def test_an_annotation_does_not_move_to_another_image(
    api: ClientOf, annotator: User, project: Project, body: BodyOf, annotation_id: UUID, image: Image
) -> None:
    client = api(annotator)
    put(client, annotation_id, body())
    response = put(client, annotation_id, body(image=make_image(project).pk, version=1))
    assert (response.status_code, response.json()["code"]) == (409, "on_other_image")
    assert stored(annotation_id).image_id == image.pk


def test_a_category_of_another_project_is_refused(
    api: ClientOf, annotator: User, foreign_project: Project, body: BodyOf, annotation_id: UUID
) -> None:
    theirs = create_category(foreign_project, name="secret")
    response = put(api(annotator), annotation_id, body(category=theirs.pk))
    assert (response.status_code, response.json()["code"]) == (400, "category_not_in_project")
    assert "secret" not in response.content.decode()


def test_an_id_taken_in_a_foreign_project_answers_404_and_tells_nothing(
    api: ClientOf,
    annotator: User,
    stranger: User,
    foreign_project: Project,
    body: BodyOf,
    annotation_id: UUID,
) -> None:
    theirs = body(
        image=make_image(foreign_project).pk, category=create_category(foreign_project, name="secret").pk
    )
    assert put(api(stranger), annotation_id, theirs).status_code == 201
    mine = put(api(annotator), annotation_id, body())
    assert mine.status_code == 404
    assert mine.json()["data"] == {}
    assert stored(annotation_id).image.project_id == foreign_project.pk


def test_a_foreign_image_answers_404(
    api: ClientOf, annotator: User, foreign_project: Project, body: BodyOf, annotation_id: UUID
) -> None:
    response = put(api(annotator), annotation_id, body(image=make_image(foreign_project).pk))
    assert response.status_code == 404
    assert not Annotation.objects.exists()


def test_viewer_cannot_write(api: ClientOf, viewer: User, body: BodyOf, annotation_id: UUID) -> None:
    assert put(api(viewer), annotation_id, body()).status_code == 403
    assert api(viewer).delete(url_of(annotation_id)).status_code == 404


@pytest.mark.parametrize(
    "part",
    [
        {"image": "x"},
        {"image": 0},
        {"image": 10**30},
        {"category": None},
        {"version": -1},
        {"version": 10**30},
        {"source": "guess"},
        {"provenance": []},
    ],
)
def test_it_names_the_part_that_is_wrong(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID, part: dict[str, object]
) -> None:
    response = put(api(annotator), annotation_id, body(**part))
    assert (response.status_code, response.json()["code"]) == (400, "invalid")
    assert response.json()["message"].startswith(f"{next(iter(part))}: ")
