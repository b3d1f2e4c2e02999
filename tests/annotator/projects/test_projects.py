import pytest
from pytest_django import DjangoAssertNumQueries

from annotator.accounts.models import User
from annotator.projects.models import Project
from tests.annotator.conftest import ClientOf, make_image

PROJECTS = "/api/v1/projects/"


def test_creator_owns_the_new_project(api: ClientOf, owner: User) -> None:
    response = api(owner).post(PROJECTS, {"name": "  Cats  "})
    assert response.status_code == 201
    body = response.json()
    assert (body["name"], body["role"], body["segmenter"]) == ("Cats", "owner", "pocket")
    assert (body["image_count"], body["annotation_count"]) == (0, 0)


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "  "}, {"name": "x" * 201}, {"name": "a\0b"}])
def test_it_refuses_a_name_that_is_none(api: ClientOf, owner: User, body: dict[str, str]) -> None:
    response = api(owner).post(PROJECTS, body)
    assert response.status_code == 400
    assert response.json()["code"] == "invalid"
    assert response.json()["message"].startswith("name: ")
    assert not Project.objects.exists()


def test_list_holds_only_projects_one_is_a_member_of(
    api: ClientOf, annotator: User, project: Project, foreign_project: Project
) -> None:
    results = api(annotator).get(PROJECTS).json()["results"]
    assert [(row["id"], row["role"]) for row in results] == [(project.pk, "annotator")]


def test_list_pages_by_cursor_newest_first(api: ClientOf, owner: User) -> None:
    client = api(owner)
    made = [client.post(PROJECTS, {"name": f"p{i}"}).json()["id"] for i in range(5)]
    url, seen = f"{PROJECTS}?limit=2", []
    while url:
        page = client.get(url).json()
        seen += [row["id"] for row in page["results"]]
        url = page["next"]
    assert seen == made[::-1]


def test_list_takes_the_same_queries_for_many_projects(
    api: ClientOf, owner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = api(owner)
    for i in range(4):
        make_image(Project.objects.get(pk=client.post(PROJECTS, {"name": f"p{i}"}).json()["id"]))
    with django_assert_num_queries(2):  # the token, the projects
        results = client.get(PROJECTS).json()["results"]
    assert [row["image_count"] for row in results] == [1, 1, 1, 1]


def test_manager_renames(api: ClientOf, manager: User, project: Project) -> None:
    response = api(manager).patch(f"{PROJECTS}{project.pk}/", {"name": "Dogs"})
    assert response.status_code == 200
    assert response.json()["name"] == "Dogs"
    project.refresh_from_db()
    assert project.name == "Dogs"


def test_annotator_cannot_rename(api: ClientOf, annotator: User, project: Project) -> None:
    response = api(annotator).patch(f"{PROJECTS}{project.pk}/", {"name": "Mine"})
    assert response.status_code == 403
    assert response.json()["code"] == "role_too_low"
    assert response.json()["data"] == {"role": "annotator", "needed": "manager"}


def test_only_the_owner_deletes(api: ClientOf, owner: User, manager: User, project: Project) -> None:
    make_image(project)
    url = f"{PROJECTS}{project.pk}/"
    assert api(manager).delete(url).status_code == 403
    assert api(owner).delete(url).status_code == 204
    assert api(owner).get(url).status_code == 404
    assert not Project.objects.exists()


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
def test_a_foreign_project_answers_like_a_missing_one(
    api: ClientOf, owner: User, foreign_project: Project, method: str
) -> None:
    client = api(owner)
    foreign = getattr(client, method)(f"{PROJECTS}{foreign_project.pk}/", {"name": "Mine"})
    missing = getattr(client, method)(f"{PROJECTS}{foreign_project.pk + 1000}/", {"name": "Mine"})
    assert (foreign.status_code, foreign.json()) == (404, missing.json())
    assert "Secret" not in foreign.content.decode()


@pytest.mark.parametrize("huge", [2**31, 2**63, 10**30])
def test_an_id_beyond_the_database_is_missing(api: ClientOf, owner: User, huge: int) -> None:
    assert api(owner).get(f"{PROJECTS}{huge}/").status_code == 404
