"""The manifest and graphs of a segmenter, and what the web process must never import."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from rest_framework.test import APIClient

from annotator.accounts.models import User
from tests.annotator.conftest import ClientOf

MANIFEST = "/api/v1/segmenters/pocket/manifest/"


@pytest.mark.django_db
def test_the_manifest_says_where_each_graph_is(api: ClientOf, stranger: User) -> None:
    client = api(stranger)
    manifest = client.get(MANIFEST).json()
    assert manifest["segmenter"] == "pocket"
    assert set(manifest["graphs"]) >= {"prefill", "decode", "refine"}
    for graph in manifest["graphs"].values():
        answer = client.get(graph["url"])
        data = b"".join(answer)
        assert hashlib.sha256(data).hexdigest() == graph["sha256"]
        assert len(data) == graph["bytes"]
        assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"


@pytest.mark.django_db
def test_a_known_manifest_is_not_sent_again(api: ClientOf, stranger: User) -> None:
    client = api(stranger)
    first = client.get(MANIFEST)
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert client.get(MANIFEST, HTTP_IF_NONE_MATCH=first.headers["ETag"]).status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("nobody/manifest/", "segmenter_not_found"),
        (f"pocket/files/{'0' * 64}/", "graph_not_found"),
        ("pocket/files/manifest.json/", "graph_not_found"),
    ],
)
def test_what_is_not_there_answers_404(api: ClientOf, stranger: User, path: str, code: str) -> None:
    answer = api(stranger).get(f"/api/v1/segmenters/{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, code)


def test_nobody_gets_no_manifest(api_of_nobody: APIClient) -> None:
    assert api_of_nobody.get(MANIFEST).status_code == 401


def test_the_web_process_imports_no_network_runtime(repository: Path) -> None:
    program = (
        "import sys; from annotator.wsgi import application; import annotator.urls\n"
        "from django.urls import get_resolver; get_resolver().url_patterns\n"
        "print(sorted({'onnxruntime', 'cv2', 'torch'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=repository, check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"
