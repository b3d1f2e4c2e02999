"""What holds for every route that the OpenAPI schema names, those of tomorrow included."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from annotator.accounts.models import User
from annotator.annotations.actions import Content, put_annotation
from annotator.comments.actions import start_thread
from annotator.datasets.actions import request_export
from annotator.images.models import Image
from annotator.projects.models import Category, Project
from segmentation.masks import parse_rle
from tests.annotator.conftest import ClientOf

EMPTY_MASK = {"size": [6, 8], "counts": [48]}


class Route(NamedTuple):
    path: str  # with {names}
    method: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def _routes() -> Iterator[Route]:
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    for path, operations in schema["paths"].items():
        for method in operations:
            if method in {"get", "post", "put", "patch", "delete"} and path != "/api/v1/session/":
                yield Route(path, method)


ROUTES = list(_routes())
IN_PROJECT = [route for route in ROUTES if "_id}" in route.path]
WRITES = [route for route in IN_PROJECT if route.method != "get"]


@pytest.fixture
def names(annotator: User, project: Project, image: Image, category: Category) -> dict[str, Any]:
    """A row of the project for every name that a path may hold."""
    content = Content(image=image, category=category, rle=parse_rle(EMPTY_MASK))
    annotation = put_annotation(uuid4(), content, based_on=None, author=annotator).annotation
    thread, _ = start_thread(image, author=annotator, x=1, y=2, text="Is this one cat?")
    return {
        "project_id": project.pk,
        "image_id": image.pk,
        "category_id": category.pk,
        "annotation_id": annotation.pk,
        "thread_id": thread.pk,
        "comment_id": thread.comments.get().pk,
        "job_id": request_export(project, user=annotator).pk,
        "level": 0,
        "column": 0,
        "row": 0,
        "name": "pocket",
        "sha256": "0" * 64,
    }


def _send(client: APIClient, route: Route, names: dict[str, Any]) -> tuple[int, Any]:
    """Status and body of a request that is right in everything but, perhaps, who sends it."""
    body = {
        "name": "new",
        "format": "coco",
        "image": names["image_id"],
        "category": names["category_id"],
        "rle": EMPTY_MASK,
        "x": 1,
        "y": 2,
        "text": "It is.",
        "resolved": True,
    }
    form = "multipart" if route.path.endswith("/images/") and route.method == "post" else "json"
    data = {} if form == "multipart" or route.method == "get" else body
    extra = {} if route.method == "get" else {"format": form}
    response = getattr(client, route.method)(route.path.format_map(names), data, **extra)
    return response.status_code, response.json()


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_nobody_is_asked_to_sign_in(route: Route, names: dict[str, Any], api_of_nobody: APIClient) -> None:
    status, body = _send(api_of_nobody, route, names)
    assert (status, body["code"]) == (401, "not_authenticated")


@pytest.mark.parametrize("route", IN_PROJECT, ids=str)
def test_a_stranger_finds_nothing(
    route: Route, names: dict[str, Any], api: ClientOf, stranger: User, foreign_project: Project
) -> None:
    status, body = _send(api(stranger), route, names)
    assert (status, body["code"], body["data"]) == (404, "not_found", {})


@pytest.mark.parametrize("route", WRITES, ids=str)
def test_a_viewer_changes_nothing(route: Route, names: dict[str, Any], api: ClientOf, viewer: User) -> None:
    status, body = _send(api(viewer), route, names)
    assert (status, body["code"]) == (403, "role_too_low")


def test_the_routes_were_found() -> None:
    assert len(ROUTES) > 25
    assert len(WRITES) > 10
