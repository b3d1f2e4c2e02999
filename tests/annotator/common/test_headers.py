"""Every answer is cross-origin isolated, whoever makes it."""

from pathlib import Path

import pytest
from django.http.response import HttpResponseBase
from django.test import Client, override_settings

from annotator.common.headers import ISOLATION_HEADERS


def _isolated(response: HttpResponseBase) -> bool:
    return all(response.headers.get(name) == value for name, value in ISOLATION_HEADERS.items())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    ["/", "/projects/1", "/healthz", "/api/v1/session/", "/api/v1/projects/", "/nothing", "/api/schema/"],
)
def test_pages_answers_and_errors_are_isolated(url: str) -> None:
    assert _isolated(Client().get(url))


def test_static_files_are_isolated_and_hashed_ones_immutable(tmp_path: Path) -> None:
    (tmp_path / "app" / "assets").mkdir(parents=True)
    (tmp_path / "app" / "assets" / "worker-abc123.js").write_text("postMessage(crossOriginIsolated)")
    (tmp_path / "app" / "favicon.svg").write_text("<svg/>")
    with override_settings(STATIC_ROOT=tmp_path):
        client = Client()  # WhiteNoise reads the folder when the middleware is made
        hashed = client.get("/static/app/assets/worker-abc123.js")
        plain = client.get("/static/app/favicon.svg")
    assert _isolated(hashed)
    assert _isolated(plain)
    assert "immutable" in hashed["Cache-Control"]
    assert "immutable" not in plain["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in hashed
