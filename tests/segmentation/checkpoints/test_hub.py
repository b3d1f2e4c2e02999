"""Checkpoints by Hugging Face id, by the real huggingface_hub, which reads HF_* when it is imported."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.segmentation.checkpoints.hub_server import COMMIT, HubServer, hub_server

pytestmark = pytest.mark.more

WEIGHTS = os.urandom(200_000)
FETCH = """
import json, sys
from segmentation.checkpoints.hub import fetch_from_hub
from segmentation.errors import SegmentationError
try:
    found = fetch_from_hub(sys.argv[1], file=sys.argv[2] if len(sys.argv) > 2 else None)
    print(json.dumps({"origin": found.origin, "paths": [str(path) for path in found.paths]}))
except SegmentationError as error:
    print(json.dumps({"code": error.code, "message": error.message}))
"""


@pytest.fixture
def hub() -> Iterator[HubServer]:
    with hub_server() as state:
        state.repositories["owner/sam-hq"] = {
            "README.md": b"# Read me",
            "config.json": b"{}",
            "model.safetensors": WEIGHTS,
            "pytorch_model.bin": b"not this",
        }
        yield state


@pytest.fixture
def fetch(hub: HubServer, tmp_path: Path, repository: Path) -> Any:
    def run(*arguments: str, **environment: str) -> dict[str, Any]:
        own = {"HF_ENDPOINT": hub.address, "HF_HOME": str(tmp_path / "hf"), "HF_HUB_DISABLE_TELEMETRY": "1"}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
        done = subprocess.run(
            [sys.executable, "-c", FETCH, *arguments],
            cwd=repository,
            env={**kept, **own, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return answer

    return run


def test_config_and_weights_come_into_hf_home(fetch: Any, tmp_path: Path) -> None:
    answer = fetch("owner/sam-hq")
    assert answer["origin"] == f"owner/sam-hq@{COMMIT}"
    paths = [Path(path) for path in answer["paths"]]
    assert [path.name for path in paths] == ["config.json", "model.safetensors"]
    assert hashlib.sha256(paths[1].read_bytes()).digest() == hashlib.sha256(WEIGHTS).digest()
    assert all(path.is_relative_to(tmp_path / "hf") for path in paths)


def test_what_is_in_the_cache_is_not_fetched_again(fetch: Any, hub: HubServer) -> None:
    fetch("owner/sam-hq")
    hub.requests.clear()
    fetch("owner/sam-hq")
    assert not [line for line in hub.requests if line.startswith("GET owner")]


def test_one_file_of_a_repository(fetch: Any, hub: HubServer) -> None:
    hub.repositories["owner/many"] = {"l0.pt": WEIGHTS, "l1.pt": b"other"}
    assert [Path(path).name for path in fetch("owner/many", "l0.pt")["paths"]] == ["l0.pt"]
    assert fetch("owner/many", "l9.pt")["code"] == "download_refused"


def test_a_licence_that_was_not_accepted_says_where_to_accept_it(fetch: Any, hub: HubServer) -> None:
    hub.gated.add("owner/sam-hq")
    answer = fetch("owner/sam-hq")
    assert answer["code"] == "licence_not_accepted"
    assert "https://huggingface.co/owner/sam-hq" in answer["message"]
    assert "HF_TOKEN" in answer["message"]
    assert "origin" in fetch("owner/sam-hq", HF_TOKEN=hub.token)


def test_an_unknown_repository_is_told(fetch: Any) -> None:
    answer = fetch("owner/nothing")
    assert (answer["code"], "owner/nothing" in answer["message"]) == ("download_refused", True)


def test_a_repository_without_weights_is_told(fetch: Any, hub: HubServer) -> None:
    hub.repositories["owner/words"] = {"README.md": b"words"}
    assert "holds no weights" in fetch("owner/words")["message"]


def test_a_file_that_is_not_the_stated_one_is_deleted(fetch: Any, hub: HubServer, tmp_path: Path) -> None:
    hub.wrong_hashes = True
    answer = fetch("owner/sam-hq")
    assert answer["code"] == "wrong_hash"
    blobs = list((tmp_path / "hf").rglob("blobs/*"))
    assert [blob for blob in blobs if blob.read_bytes() == WEIGHTS] == []


def test_without_a_network_the_way_around_is_told(fetch: Any) -> None:
    answer = fetch("owner/sam-hq", HF_ENDPOINT="http://127.0.0.1:9")
    assert answer["code"] == "server_unreachable"
    assert "MASKWRIGHT_OFFLINE_FOLDER" in answer["message"]
    assert fetch("owner/sam-hq", HF_HUB_OFFLINE="1")["code"] == "server_unreachable"
