"""The link that `make run` prints: it signs in once, and not for ever."""

from datetime import timedelta
from io import StringIO
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from annotator.accounts.models import SignInLink, User

SESSION = "/api/v1/session/"


def _link(*arguments: str) -> str:
    """Path and query of a new link."""
    out = StringIO()
    call_command("sign_in_link", *arguments, stdout=out, stderr=StringIO())
    parts = urlsplit(out.getvalue().strip())
    return f"{parts.path}?{parts.query}"


@pytest.mark.django_db
def test_it_signs_in_and_leads_to_the_projects() -> None:
    client = Client()
    response = client.get(_link("olga"))
    assert (response.status_code, response["Location"]) == (302, "/")
    assert "no-store" in response["Cache-Control"]
    assert client.get(SESSION).json()["user"]["username"] == "olga"


@pytest.mark.django_db
def test_it_works_once() -> None:
    link = _link()
    Client().get(link)
    second = Client()
    assert second.get(link)["Location"] == "/?link=used"
    assert second.get(SESSION).json()["user"] is None


@pytest.mark.django_db
def test_a_used_link_does_not_sign_out_the_one_who_used_it() -> None:
    link, client = _link("olga"), Client()
    client.get(link)
    assert client.get(link)["Location"] == "/"
    assert client.get(SESSION).json()["user"]["username"] == "olga"


@pytest.mark.django_db
def test_it_expires() -> None:
    link = _link()
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(link)["Location"] == "/?link=used"


@pytest.mark.django_db
def test_looking_at_its_head_does_not_use_it_up() -> None:
    link = _link()
    Client().head(link)
    assert Client().get(link)["Location"] == "/"


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "wrong", "%00", "x" * 5000])
def test_another_token_signs_nobody_in(token: str) -> None:
    client = Client()
    client.get(f"/?token={token}")
    assert client.get(SESSION).json()["user"] is None


@pytest.mark.django_db
def test_the_database_does_not_hold_the_secret() -> None:
    secret = parse_qs(urlsplit(_link()).query)["token"][0]
    assert secret not in str(vars(SignInLink.objects.get()))


@pytest.mark.django_db
def test_it_names_the_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8123")
    out = StringIO()
    call_command("sign_in_link", stdout=out, stderr=StringIO())
    assert out.getvalue().startswith("http://127.0.0.1:8123/?token=")
    assert User.objects.get().username == "admin"
