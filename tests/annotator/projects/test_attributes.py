"""What a category asks of its annotations, and the overlap policy of a project."""

from typing import Any

import pytest

from annotator.accounts.models import User
from annotator.projects.models import Category, Project
from tests.annotator.conftest import ClientOf

POSE = {"name": "pose", "kind": "choice", "required": True, "options": ["sits", "lies"], "formerly": []}


def _url(category: Category) -> str:
    return f"/api/v1/categories/{category.pk}/"


def test_a_manager_says_what_a_category_asks(api: ClientOf, manager: User, category: Category) -> None:
    answer = api(manager).patch(_url(category), {"attributes": [POSE, {"name": "legs", "kind": "number"}]})
    assert answer.status_code == 200
    legs = {"name": "legs", "kind": "number", "required": False, "options": [], "formerly": []}
    assert answer.json()["attributes"] == [POSE, legs]


def test_a_new_category_may_ask_at_once(api: ClientOf, manager: User, project: Project) -> None:
    url = f"/api/v1/projects/{project.pk}/categories/"
    answer = api(manager).post(url, {"name": "dog", "attributes": [POSE]})
    assert (answer.status_code, answer.json()["attributes"]) == (201, [POSE])


def test_an_annotator_does_not(api: ClientOf, annotator: User, category: Category) -> None:
    assert api(annotator).patch(_url(category), {"attributes": [POSE]}).status_code == 403


def test_an_attribute_may_get_an_earlier_name_back(api: ClientOf, manager: User, category: Category) -> None:
    back = {**POSE, "formerly": ["posture", "pose"]}
    answer = api(manager).patch(_url(category), {"attributes": [back]})
    assert answer.json()["attributes"] == [{**POSE, "formerly": ["posture"]}]


def test_other_changes_leave_the_attributes(api: ClientOf, manager: User, category: Category) -> None:
    client = api(manager)
    client.patch(_url(category), {"attributes": [POSE]})
    assert client.patch(_url(category), {"name": "lion"}).json()["attributes"] == [POSE]
    assert client.patch(_url(category), {"attributes": []}).json()["attributes"] == []


@pytest.mark.parametrize(
    "wrong",
    [
        [POSE, POSE],
        [{"name": "posture", "kind": "text", "formerly": ["pose"]}, POSE],
        [{"name": "", "kind": "text"}],
        [{"name": "pose", "kind": "choice"}],
        [{"name": "pose", "kind": "choice", "options": ["sits", "sits"]}],
        [{"name": "legs", "kind": "number", "options": ["4"]}],
        [{"name": "legs", "kind": "colour"}],
        [{"name": str(number), "kind": "text"} for number in range(51)],
        "pose",
    ],
    ids=lambda value: str(value)[:40],
)
def test_definitions_that_make_no_sense_are_refused(
    api: ClientOf, manager: User, category: Category, wrong: Any
) -> None:
    answer = api(manager).patch(_url(category), {"attributes": wrong})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    category.refresh_from_db()
    assert category.attributes == []


def test_a_manager_chooses_the_overlap_policy(
    api: ClientOf, manager: User, annotator: User, project: Project
) -> None:
    url = f"/api/v1/projects/{project.pk}/"
    assert api(annotator).get(url).json()["overlap_policy"] == "free"
    assert api(manager).patch(url, {"overlap_policy": "take"}).json()["overlap_policy"] == "take"
    assert api(manager).patch(url, {"name": "Lions"}).json()["overlap_policy"] == "take"
    assert api(manager).patch(url, {"overlap_policy": "fight"}).status_code == 400
    assert api(annotator).patch(url, {"overlap_policy": "free"}).status_code == 403
