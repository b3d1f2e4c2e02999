import re

import pytest

from annotator.accounts.models import User
from annotator.projects.actions import create_category
from annotator.projects.models import Category, Project
from annotator.projects.palette import PALETTE, pick_color
from tests.annotator.conftest import ClientOf


def _url(project: Project) -> str:
    return f"/api/v1/projects/{project.pk}/categories/"


def test_new_categories_stand_in_order_with_different_colors(
    api: ClientOf, owner: User, project: Project
) -> None:
    client = api(owner)
    made = [client.post(_url(project), {"name": name}).json() for name in ("cat", "dog", "bird")]
    assert [row["position"] for row in made] == [0, 1, 2]
    assert len({row["color"] for row in made}) == 3
    assert client.get(_url(project)).json() == {"results": made, "next": None}


def test_color_may_be_chosen_and_is_kept_in_lower_case(api: ClientOf, owner: User, project: Project) -> None:
    response = api(owner).post(_url(project), {"name": "cat", "color": "#AABBCC"})
    assert response.json()["color"] == "#aabbcc"


@pytest.mark.parametrize("color", ["red", "#12345", "#12345g", "#1234567", "#123 56", ""])
def test_it_refuses_what_is_no_color(api: ClientOf, owner: User, project: Project, color: str) -> None:
    response = api(owner).post(_url(project), {"name": "cat", "color": color})
    assert response.status_code == 400
    assert response.json()["message"].startswith("color: ")


def test_a_name_is_given_once_per_project(
    api: ClientOf, owner: User, project: Project, category: Category
) -> None:
    response = api(owner).post(_url(project), {"name": category.name})
    assert response.status_code == 409
    assert response.json()["code"] == "category_name_taken"


def test_two_projects_may_share_a_name(
    api: ClientOf, stranger: User, foreign_project: Project, category: Category
) -> None:
    assert api(stranger).post(_url(foreign_project), {"name": category.name}).status_code == 201


def test_manager_renames_and_recolors(api: ClientOf, manager: User, category: Category) -> None:
    url = f"/api/v1/categories/{category.pk}/"
    assert api(manager).patch(url, {"name": "tiger"}).json()["name"] == "tiger"
    recolored = api(manager).patch(url, {"color": "#000000"}).json()
    assert (recolored["name"], recolored["color"]) == ("tiger", "#000000")


def test_renaming_to_a_taken_name_is_refused(
    api: ClientOf, owner: User, project: Project, category: Category
) -> None:
    create_category(project, name="dog")
    response = api(owner).patch(f"/api/v1/categories/{category.pk}/", {"name": "dog"})
    assert (response.status_code, response.json()["code"]) == (409, "category_name_taken")
    category.refresh_from_db()
    assert category.name == "cat"


def test_an_unused_category_can_be_deleted(api: ClientOf, owner: User, category: Category) -> None:
    assert api(owner).delete(f"/api/v1/categories/{category.pk}/").status_code == 204
    assert not Category.objects.exists()


def test_viewer_reads_but_does_not_write(
    api: ClientOf, viewer: User, project: Project, category: Category
) -> None:
    client = api(viewer)
    assert client.get(_url(project)).status_code == 200
    assert client.post(_url(project), {"name": "dog"}).status_code == 403
    assert client.patch(f"/api/v1/categories/{category.pk}/", {"name": "dog"}).status_code == 403
    assert client.delete(f"/api/v1/categories/{category.pk}/").status_code == 403


def test_a_strangers_request_finds_nothing(
    api: ClientOf, stranger: User, project: Project, category: Category
) -> None:
    client = api(stranger)
    assert client.get(_url(project)).status_code == 404
    assert client.post(_url(project), {"name": "dog"}).status_code == 404
    assert client.patch(f"/api/v1/categories/{category.pk}/", {"name": "dog"}).status_code == 404
    assert client.delete(f"/api/v1/categories/{category.pk}/").status_code == 404


def test_palette_gives_every_color_once_before_it_repeats() -> None:
    taken: list[str] = []
    for _ in range(2 * len(PALETTE)):
        taken.append(pick_color(taken))
    assert sorted(taken[: len(PALETTE)]) == sorted(PALETTE) == sorted(taken[len(PALETTE) :])
    assert all(re.fullmatch("#[0-9a-f]{6}", color) for color in taken)
