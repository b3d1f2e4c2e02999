"""The page signs in, reads who it is, and signs out; writes carry the CSRF token."""

from uuid import UUID

import pytest
from django.test import Client

from annotator.accounts.models import User
from tests.annotator.conftest import ClientOf

SESSION = "/api/v1/session/"
PROJECTS = "/api/v1/projects/"
CREDENTIALS = {"username": "paula", "password": "correct horse"}


@pytest.fixture
def paula(db: None) -> User:
    return User.objects.create_user(**CREDENTIALS)


@pytest.fixture
def page(paula: User) -> Client:
    """A browser that has loaded the page: it checks CSRF like the real one."""
    client = Client(enforce_csrf_checks=True)
    client.get(SESSION)
    return client


def _post(page: Client, url: str, body: dict[str, str], *, csrf: bool = True) -> int:
    headers = {"X-CSRFToken": page.cookies["csrftoken"].value} if csrf else {}
    return page.post(url, body, content_type="application/json", headers=headers).status_code


@pytest.mark.django_db
def test_nobody_is_signed_in_at_first() -> None:
    response = Client().get(SESSION)
    assert response.status_code == 200
    body = response.json()
    assert body["user"] is None
    assert body["limits"]["max_upload_bytes"] > 0
    assert body["limits"]["max_image_pixels"] > 0
    assert body["version"] == "0.1.0"
    assert "csrftoken" in response.cookies


@pytest.mark.django_db
def test_it_names_the_data_for_as_long_as_they_live() -> None:
    name = Client().get(SESSION).json()["installation"]
    assert UUID(name)
    assert Client().get(SESSION).json()["installation"] == name


def test_a_password_signs_in_and_out(page: Client, paula: User) -> None:
    assert _post(page, SESSION, CREDENTIALS) == 200
    assert page.get(SESSION).json()["user"] == {"id": paula.pk, "username": "paula"}
    headers = {"X-CSRFToken": page.cookies["csrftoken"].value}
    assert page.delete(SESSION, headers=headers).json()["user"] is None
    assert page.get(SESSION).json()["user"] is None
    assert page.get(PROJECTS).status_code == 401


def test_only_signing_out_takes_the_cookie_away(page: Client, paula: User) -> None:
    _post(page, SESSION, CREDENTIALS)
    paula.set_password("a new one")
    paula.save()
    # Answered late, this would otherwise end the session of whoever has signed in again meanwhile.
    for url, status in [(PROJECTS, 401), (SESSION, 200)]:
        response = page.get(url)
        assert response.status_code == status
        assert "sessionid" not in response.cookies
    _post(page, SESSION, {**CREDENTIALS, "password": "a new one"})
    response = page.delete(SESSION, headers={"X-CSRFToken": page.cookies["csrftoken"].value})
    assert response.cookies["sessionid"]["max-age"] == 0


@pytest.mark.parametrize("wrong", [{"password": "wrong"}, {"username": "nobody"}])
def test_it_does_not_tell_which_of_the_two_was_wrong(page: Client, wrong: dict[str, str]) -> None:
    headers = {"X-CSRFToken": page.cookies["csrftoken"].value}
    response = page.post(SESSION, {**CREDENTIALS, **wrong}, content_type="application/json", headers=headers)
    assert response.status_code == 400
    assert response.json() == {
        "code": "sign_in_failed",
        "message": "No account has this name and password. Check both, or ask for a sign-in link.",
        "data": {},
    }


def test_an_inactive_account_cannot_sign_in(page: Client, paula: User) -> None:
    paula.is_active = False
    paula.save()
    assert _post(page, SESSION, CREDENTIALS) == 400


def test_guessing_is_slowed_down(page: Client) -> None:
    guesses = [_post(page, SESSION, {**CREDENTIALS, "password": f"guess {i}"}) for i in range(11)]
    assert guesses == [400] * 10 + [429]
    assert page.get(SESSION).status_code == 200


def test_a_slowed_down_guess_says_when_to_try_again(page: Client) -> None:
    headers = {"X-CSRFToken": page.cookies["csrftoken"].value}
    for _ in range(11):
        body = {**CREDENTIALS, "password": "wrong"}
        response = page.post(SESSION, body, content_type="application/json", headers=headers)
    assert response.json()["code"] == "throttled"
    assert 0 < int(response["Retry-After"]) <= 61


def test_signing_in_needs_the_csrf_token(page: Client) -> None:
    assert _post(page, SESSION, CREDENTIALS, csrf=False) == 403


def test_a_signed_in_page_cannot_write_without_the_csrf_token(page: Client) -> None:
    _post(page, SESSION, CREDENTIALS)
    refused = page.post(PROJECTS, {"name": "Forged"}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")
    assert _post(page, PROJECTS, {"name": "Meant"}) == 201
    assert [row["name"] for row in page.get(PROJECTS).json()["results"]] == ["Meant"]


def test_signing_out_needs_the_csrf_token(page: Client) -> None:
    _post(page, SESSION, CREDENTIALS)
    assert page.delete(SESSION).status_code == 403
    assert page.get(SESSION).json()["user"] is not None


def test_a_token_shows_whose_it_is(api: ClientOf, paula: User) -> None:
    assert api(paula).get(SESSION).json()["user"]["username"] == "paula"
