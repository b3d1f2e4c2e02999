from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings


@pytest.fixture
def built(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "index.html").write_text("<!doctype html><title>Maskwright</title>")
    settings.STATIC_ROOT = tmp_path


@pytest.mark.parametrize("url", ["/", "/projects/3", "/projects/3/", "/projects/3/images/4", "/?link=used"])
def test_every_address_of_the_application_serves_the_page(built: None, url: str) -> None:
    response = Client().get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert "no-store" in response["Cache-Control"] or "no-cache" in response["Cache-Control"]
    assert "csrftoken" in response.cookies
    assert b"Maskwright" in response.content


def test_a_page_that_is_not_built_says_how_to_build_it(tmp_path: Path, settings: Settings) -> None:
    settings.STATIC_ROOT = tmp_path
    response = Client().get("/")
    assert response.status_code == 503
    assert "make run" in response.content.decode()


def test_pages_are_only_read(built: None) -> None:
    assert Client().post("/").status_code == 405


@pytest.mark.django_db
def test_health_needs_no_sign_in() -> None:
    response = Client().get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "version": "0.1.0"})


def test_health_tells_when_the_database_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError("could not connect to server: secret-host")

    monkeypatch.setattr(connection, "cursor", gone)
    response = Client().get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"status": "no database", "version": "0.1.0"}


def test_the_page_runs_no_scripts_of_others(built: None) -> None:
    policy = dict(part.split(" ", 1) for part in Client().get("/")["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert set(policy["script-src"].split()) == {"'self'", "'wasm-unsafe-eval'"}
    assert policy["frame-ancestors"] == policy["object-src"] == "'none'"
