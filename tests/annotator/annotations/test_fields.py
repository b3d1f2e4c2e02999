"""Attributes, lock and drawing order: what an annotation has besides mask and category."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from annotator.accounts.models import User
from annotator.annotations.models import AnnotationHistory
from annotator.images.models import Image
from annotator.projects.actions import change_category, create_category
from annotator.projects.models import Category, Project
from tests.annotator.annotations.conftest import BodyOf, put, rle_of_box, stored
from tests.annotator.conftest import ClientOf

POSE = {"name": "pose", "kind": "choice", "required": True, "options": ["sits", "lies"]}
LEGS = {"name": "legs", "kind": "number", "required": False, "options": []}
NOTE = {"name": "note", "kind": "text", "required": False, "options": []}
TAME = {"name": "tame", "kind": "checkbox", "required": False, "options": []}


@pytest.fixture
def asking(category: Category) -> Category:
    change_category(category, attributes=[POSE, LEGS, NOTE, TAME])
    return category


def test_answers_that_fit_are_stored(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID, asking: Category
) -> None:
    values = {"pose": "lies", "legs": 3.5, "note": "asleep", "tame": False}
    answer = put(api(annotator), annotation_id, body(attributes=values))
    assert (answer.status_code, answer.json()["attributes"]) == (201, values)
    assert AnnotationHistory.objects.get().attributes == values


@pytest.mark.parametrize(
    "wrong",
    [
        {"pose": "flies"},
        {"legs": "4"},
        {"legs": True},
        {"note": " "},
        {"note": "\x00"},
        {"tame": 1},
        {"age": 3},
    ],
    ids=str,
)
def test_answers_that_do_not_fit_are_refused_by_name(
    api: ClientOf,
    annotator: User,
    body: BodyOf,
    annotation_id: UUID,
    asking: Category,
    wrong: dict[str, Any],
) -> None:
    answer = put(api(annotator), annotation_id, body(attributes=wrong))
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_attributes")
    assert answer.json()["data"]["names"] == list(wrong)


def test_a_missing_required_answer_never_keeps_a_mask_from_being_saved(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID, asking: Category
) -> None:
    assert put(api(annotator), annotation_id, body()).status_code == 201


def test_what_is_left_out_stays(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID, asking: Category
) -> None:
    client = api(annotator)
    put(client, annotation_id, body(attributes={"pose": "lies"}, locked=True, position=7.5))
    changed = put(client, annotation_id, body(rle=rle_of_box(width=5), version=1)).json()
    assert (changed["attributes"], changed["locked"], changed["position"]) == ({"pose": "lies"}, True, 7.5)


@pytest.mark.parametrize(
    "part", [{"attributes": {"pose": "sits"}}, {"locked": True}, {"position": 0.5}], ids=str
)
def test_each_part_alone_makes_a_version_and_is_guarded_by_it(
    api: ClientOf,
    annotator: User,
    body: BodyOf,
    annotation_id: UUID,
    asking: Category,
    part: dict[str, Any],
) -> None:
    client = api(annotator)
    put(client, annotation_id, body())
    assert put(client, annotation_id, body(version=1, **part)).json()["version"] == 2
    assert put(client, annotation_id, body(version=1, **part)).json()["version"] == 2  # sent again
    other = body(version=1, rle=rle_of_box(width=1))
    refused = put(client, annotation_id, other)
    assert (refused.status_code, refused.json()["code"]) == (409, "stale_version")
    (name, value), *_ = part.items()
    assert refused.json()["data"]["current"][name] == value


def test_answers_that_no_longer_fit_are_kept_but_not_shown(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID, asking: Category
) -> None:
    client = api(annotator)
    put(client, annotation_id, body(attributes={"pose": "lies", "legs": 4}))
    change_category(asking, attributes=[{**POSE, "options": ["sits"]}, LEGS])
    (shown,) = client.get(f"/api/v1/images/{stored(annotation_id).image_id}/annotations/").json()["results"]
    assert shown["attributes"] == {"legs": 4}
    change_category(asking, attributes=[POSE, LEGS])
    assert stored(annotation_id).shown_attributes == {"pose": "lies", "legs": 4}


def test_answers_stay_when_an_attribute_gets_another_name(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID, asking: Category
) -> None:
    client = api(annotator)
    put(client, annotation_id, body(attributes={"pose": "lies"}))
    change_category(asking, attributes=[{**POSE, "name": "posture", "formerly": ["pose"]}, LEGS])
    assert stored(annotation_id).shown_attributes == {"posture": "lies"}
    # A page that was open meanwhile, or offline, still says it by the old name.
    answer = put(client, annotation_id, body(version=1, attributes={"pose": "sits", "legs": 4}))
    assert (answer.status_code, answer.json()["attributes"]) == (200, {"posture": "sits", "legs": 4})


def test_another_category_shows_only_what_it_asks(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID, asking: Category, project: Project
) -> None:
    client = api(annotator)
    put(client, annotation_id, body(attributes={"pose": "lies", "legs": 4}))
    dog = create_category(project, name="dog", attributes=[LEGS])
    assert put(client, annotation_id, body(version=1, category=dog.pk)).json()["attributes"] == {"legs": 4}


def test_new_annotations_lie_on_top_and_the_list_is_in_drawing_order(
    api: ClientOf, annotator: User, body: BodyOf, image: Image
) -> None:
    client = api(annotator)
    first, second, third = (uuid4() for _ in range(3))
    assert put(client, first, body()).json()["position"] == 1
    assert put(client, second, body(rle=rle_of_box(width=1))).json()["position"] == 2
    assert put(client, third, body(rle=rle_of_box(width=2), position=1.5)).json()["position"] == 1.5
    url = f"/api/v1/images/{image.pk}/annotations/?limit=1"
    order = []
    while url:
        page = client.get(url).json()
        order += [row["id"] for row in page["results"]]
        url = page["next"]
    assert order == [str(first), str(third), str(second)]


@pytest.mark.parametrize("position", ["nan", "inf", None, "top"])
def test_a_position_is_a_finite_number(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID, position: Any
) -> None:
    assert put(api(annotator), annotation_id, body(position=position)).status_code == 400
