"""API tokens: printed once, stored as a digest, refused when unknown."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from annotator.accounts.models import ApiToken, User

PROJECTS = "/api/v1/projects/"


def _issue(username: str) -> tuple[str, str]:
    """What the command prints, on stdout and stderr."""
    out, err = StringIO(), StringIO()
    call_command("issue_token", username, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def _get(header: str) -> int:
    return APIClient().get(PROJECTS, headers={"Authorization": header}).status_code


@pytest.mark.django_db
def test_the_printed_token_lets_in_and_nothing_else_is_printed() -> None:
    out, err = _issue("robot")
    assert out == out.strip() + "\n"
    assert "robot" in err
    assert _get(f"Token {out.strip()}") == 200


@pytest.mark.django_db
def test_a_known_user_gets_a_further_token_silently() -> None:
    first, second = _issue("robot"), _issue("robot")
    assert second[1] == ""
    assert first[0] != second[0]
    assert _get(f"Token {first[0].strip()}") == 200
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_the_database_does_not_hold_the_token() -> None:
    out, _ = _issue("robot")
    token = ApiToken.objects.get()
    assert out.strip() not in str(vars(token))
    assert not token.user.has_usable_password()


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["Token wrong", "Token", "Token a b", "Token \xe9", "Bearer x", "Basic x"])
def test_other_headers_do_not_let_in(header: str) -> None:
    assert _get(header) == 401


@pytest.mark.django_db
def test_the_token_of_an_inactive_user_does_not_let_in() -> None:
    out, _ = _issue("robot")
    User.objects.update(is_active=False)
    assert _get(f"Token {out.strip()}") == 401


@pytest.mark.django_db
@pytest.mark.parametrize("username", ["", "two words", "a" * 151, "semi;colon"])
def test_it_refuses_what_is_no_user_name(username: str) -> None:
    with pytest.raises(CommandError, match="user name"):
        _issue(username)
    assert not User.objects.exists()
