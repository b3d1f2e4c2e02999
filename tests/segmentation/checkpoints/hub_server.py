"""Enough of the Hugging Face Hub's HTTP interface for huggingface_hub, with repositories of the tests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import unquote

from tests.segmentation.checkpoints.http_server import QuietHandler, serving

COMMIT = "c0ffee" * 6 + "abcd"
LARGE = (".safetensors", ".pt", ".pth", ".bin")


@dataclass
class HubServer:
    """Repositories "owner/name" -> file -> content."""

    repositories: dict[str, dict[str, bytes]] = field(default_factory=dict)
    gated: set[str] = field(default_factory=set)
    token: str = "hf_good"
    wrong_hashes: bool = False
    requests: list[str] = field(default_factory=list)
    address: str = ""

    def stated_sha256(self, content: bytes) -> str:
        return hashlib.sha256(b"wrong" if self.wrong_hashes else content).hexdigest()

    def model_info(self, repository: str) -> dict[str, object]:
        siblings = []
        for name, content in self.repositories[repository].items():
            entry: dict[str, object] = {"rfilename": name, "size": len(content), "blobId": "b" * 40}
            if name.endswith(LARGE):
                sha256 = self.stated_sha256(content)
                entry["lfs"] = {"sha256": sha256, "size": len(content), "pointerSize": 134}
            siblings.append(entry)
        return {"id": repository, "modelId": repository, "sha": COMMIT, "siblings": siblings}


@contextmanager
def hub_server() -> Iterator[HubServer]:
    state = HubServer()

    class Handler(QuietHandler):
        def do_HEAD(self) -> None:  # noqa: N802  (the name that http.server calls)
            self._serve(with_body=False)

        def do_GET(self) -> None:  # noqa: N802  (the name that http.server calls)
            self._serve(with_body=True)

        def _serve(self, *, with_body: bool) -> None:
            path = unquote(self.path.partition("?")[0]).removeprefix("/")
            state.requests.append(f"{self.command} {path}")
            is_api = path.startswith("api/models/")
            parts = path.removeprefix("api/models/").split("/")
            repository = "/".join(parts[:2])
            if repository not in state.repositories:
                self._refuse(404, "RepoNotFound", "Repository not found", with_body=with_body)
            elif repository in state.gated and not self._may_see():
                reason = f"Access to model {repository} is restricted."
                self._refuse(403, "GatedRepo", reason, with_body=with_body)
            elif is_api and parts[2:3] in ([], ["revision"]):
                body = json.dumps(state.model_info(repository)).encode()
                self._answer(200, body, {"Content-Type": "application/json"}, with_body=with_body)
            elif parts[2:3] == ["resolve"] and "/".join(parts[4:]) in state.repositories[repository]:
                self._send_file(repository, "/".join(parts[4:]), with_body=with_body)
            else:
                self._refuse(404, "EntryNotFound", "Entry not found", with_body=with_body)

        def _may_see(self) -> bool:
            return self.headers.get("Authorization") == f"Bearer {state.token}"

        def _send_file(self, repository: str, name: str, *, with_body: bool) -> None:
            content = state.repositories[repository][name]
            headers = {"ETag": f'"{state.stated_sha256(content)}"', "X-Repo-Commit": COMMIT}
            status = 200
            asked = self.headers.get("Range", "")
            if with_body and asked.startswith("bytes=") and asked.endswith("-"):
                start, status = int(asked[6:-1]), 206
                headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
                content = content[start:]
            self._answer(status, content, headers, with_body=with_body)

        def _refuse(self, status: int, code: str, message: str, *, with_body: bool) -> None:
            headers = {"X-Error-Code": code, "X-Error-Message": message}
            self._answer(status, message.encode(), headers, with_body=with_body)

        def _answer(self, status: int, body: bytes, headers: dict[str, str], *, with_body: bool) -> None:
            self.answer(status, body, headers, sent=None if with_body else b"")

    with serving(Handler) as address:
        state.address = address
        yield state
