"""Every refusal has one shape, and what nobody foresaw tells nothing of the inside."""

import logging

import pytest
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient

from annotator.accounts.models import User
from annotator.common.api import INTERNAL_MESSAGE
from annotator.projects import api as projects_api
from tests.annotator.conftest import ClientOf

PROJECTS = "/api/v1/projects/"


def _explode(*_args: object, **_kwargs: object) -> None:
    raise RuntimeError("password=hunter2")


@pytest.mark.parametrize("debug", [False, True])
def test_an_unexpected_error_is_logged_and_leaks_nothing(
    api: ClientOf,
    owner: User,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    settings: Settings,
    debug: bool,
) -> None:
    settings.DEBUG = debug
    monkeypatch.setattr(projects_api, "projects_with_counts", _explode)
    with caplog.at_level(logging.ERROR):
        response = api(owner).get(PROJECTS)
    assert response.status_code == 500
    assert response.json() == {
        "code": "internal",
        "message": INTERNAL_MESSAGE,
        "data": {},
    }
    assert "hunter2" in caplog.text


def test_an_error_outside_of_the_api_views_leaks_nothing(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    client = Client(raise_request_exception=False)
    monkeypatch.setattr("django.contrib.sessions.middleware.SessionMiddleware.process_request", _explode)
    response = client.get(PROJECTS)
    assert response.status_code == 500
    assert response.json()["code"] == "internal"
    assert "hunter2" not in response.content.decode()


@pytest.mark.django_db
def test_an_unknown_address_answers_json() -> None:
    response = Client().get("/api/v1/nothing/")
    assert response.status_code == 404
    assert response.json() == {
        "code": "not_found",
        "message": "There is nothing at this address.",
        "data": {},
    }


def test_a_body_that_is_no_json_is_a_parse_error(api: ClientOf, owner: User) -> None:
    response = api(owner).generic("POST", PROJECTS, "{name:", content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (400, "parse_error")


@pytest.mark.parametrize("body", ["[" * 200_000, '{"a":' * 200_000, '{"name": ' + "1" * 5000 + "}", "{\xff"])
def test_json_that_cannot_be_read_is_a_parse_error(api: ClientOf, owner: User, body: str) -> None:
    response = api(owner).generic("POST", PROJECTS, body, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (400, "parse_error")


def test_half_a_character_is_no_name(api: ClientOf, owner: User) -> None:
    response = api(owner).generic("POST", PROJECTS, '{"name": "\\ud800"}', content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (400, "invalid")


@pytest.mark.parametrize("body", ["[]", "null", '"name"', "7", '{"name": NaN}'])
def test_a_body_of_another_kind_is_refused(api: ClientOf, owner: User, body: str) -> None:
    response = api(owner).generic("POST", PROJECTS, body, content_type="application/json")
    assert response.status_code == 400


def test_a_method_or_type_that_is_not_served_says_so(api: ClientOf, owner: User) -> None:
    client = api(owner)
    assert client.put(PROJECTS, {}).json()["code"] == "method_not_allowed"
    text = client.generic("POST", PROJECTS, "name", content_type="text/csv")
    assert (text.status_code, text.json()["code"]) == (415, "unsupported_media_type")


def test_a_body_beyond_the_limit_is_not_parsed(api: ClientOf, owner: User, settings: Settings) -> None:
    settings.MAX_JSON_BYTES = 100
    client = api(owner)
    assert client.post(PROJECTS, {"name": "x" * 80}).status_code == 201
    refused = client.post(PROJECTS, {"name": "x" * 120})
    assert (refused.status_code, refused.json()["code"]) == (413, "body_too_large")


@pytest.mark.parametrize("query", ["cursor=%00", "cursor=abc", "cursor=WzFd", "cursor=WyJ4IiwieSJd"])
def test_a_cursor_that_is_none_is_refused(api: ClientOf, owner: User, query: str) -> None:
    response = api(owner).get(f"{PROJECTS}?{query}")
    assert (response.status_code, response.json()["code"]) == (400, "bad_cursor")


@pytest.mark.parametrize("limit", ["0", "-1", "501", "x", "1e3", "9" * 5000, "²"])
def test_a_limit_that_is_none_is_refused(api: ClientOf, owner: User, limit: str) -> None:
    response = api(owner).get(PROJECTS, {"limit": limit})
    assert (response.status_code, response.json()["code"]) == (400, "bad_limit")


@pytest.mark.django_db
def test_nobody_is_asked_to_sign_in(api_of_nobody: APIClient) -> None:
    response = api_of_nobody.get(PROJECTS)
    assert response.status_code == 401
    assert response.json()["code"] == "not_authenticated"
    assert response["WWW-Authenticate"] == "Token"
