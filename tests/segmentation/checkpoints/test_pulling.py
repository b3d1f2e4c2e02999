"""What is pulled is the published file: from the offline folder first, else from its server."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from segmentation.checkpoints.catalogue import PublishedCheckpoint, catalogue, get_checkpoint
from segmentation.checkpoints.errors import NothingToAdd, ServerUnreachable, UnknownCheckpoint, WrongHash
from segmentation.checkpoints.hub import choose_files
from segmentation.checkpoints.pulling import OFFLINE_FOLDER, PulledFiles, pull
from segmentation.segmenters.families import FAMILIES
from tests.segmentation.checkpoints.http_server import FileServer

CONTENT = os.urandom(100_000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def _published(server: FileServer, **changes: Any) -> PublishedCheckpoint:
    server.files.setdefault("weights.pth", CONTENT)
    fields: dict[str, Any] = {"url": server.url("weights.pth"), "sha256": SHA256, **changes}
    return PublishedCheckpoint("my-sam", "sam", "My SAM", "MIT", **fields)


def _pull(published: PublishedCheckpoint, folder: Path) -> PulledFiles:
    return pull(published, folder, on_bytes=lambda _done, _total: None)


def test_the_published_file_arrives(server: FileServer, tmp_path: Path) -> None:
    published = _published(server)
    pulled = _pull(published, tmp_path)
    assert [path.read_bytes() for path in pulled.paths] == [CONTENT]
    assert pulled.origin == published.url


def test_a_file_with_another_hash_is_deleted_and_told(server: FileServer, tmp_path: Path) -> None:
    with pytest.raises(WrongHash, match="published one is 0000"):
        _pull(_published(server, sha256="0" * 64), tmp_path)
    assert not list(tmp_path.rglob("*.pth*"))


def test_without_a_known_hash_the_first_pull_is_remembered(server: FileServer, tmp_path: Path) -> None:
    published = _published(server, sha256=None)
    _pull(published, tmp_path)
    for path in tmp_path.rglob("weights.pth"):
        path.unlink()
    server.files["weights.pth"] = CONTENT[::-1]
    with pytest.raises(WrongHash, match="first pull"):
        _pull(published, tmp_path)


def test_the_offline_folder_comes_first(
    server: FileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offline = tmp_path / "offline"
    offline.mkdir()
    (offline / "weights.pth").write_bytes(CONTENT)
    monkeypatch.setenv(OFFLINE_FOLDER, str(offline))
    pulled = _pull(_published(server), tmp_path / "segmenters")
    assert pulled.paths == [offline / "weights.pth"]
    assert server.requests == []


def test_a_wrong_file_in_the_offline_folder_is_refused_and_left_there(
    server: FileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "weights.pth").write_bytes(b"something else")
    monkeypatch.setenv(OFFLINE_FOLDER, str(tmp_path))
    with pytest.raises(WrongHash):
        _pull(_published(server), tmp_path / "segmenters")
    assert (tmp_path / "weights.pth").exists()


def test_what_the_offline_folder_lacks_is_fetched(
    server: FileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(OFFLINE_FOLDER, str(tmp_path))
    assert _pull(_published(server), tmp_path / "segmenters").origin.startswith("http://")


def test_a_hugging_face_folder_may_lie_offline(
    server: FileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "sam-hq-vit-base"
    place.mkdir()
    for name in ("config.json", "model.safetensors", "README.md"):
        (place / name).write_bytes(b"{}")
    monkeypatch.setenv(OFFLINE_FOLDER, str(tmp_path))
    published = _published(server, url=None, sha256=None, hub="owner/sam-hq-vit-base")
    assert [path.name for path in _pull(published, tmp_path / "segmenters").paths] == [
        "config.json",
        "model.safetensors",
    ]


def test_an_offline_folder_that_is_none_is_told(
    server: FileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(OFFLINE_FOLDER, str(tmp_path / "nowhere"))
    with pytest.raises(NothingToAdd, match="which is no folder"):
        _pull(_published(server), tmp_path)


def _zip(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, CONTENT)
    return buffer.getvalue()


@pytest.mark.parametrize("stored_as", ["weights.pt", "folder/weights.pt", "../weights.pt"])
def test_a_zipped_checkpoint_is_unpacked(server: FileServer, tmp_path: Path, stored_as: str) -> None:
    server.files["weights.pt.zip"] = _zip(stored_as)
    published = _published(server, url=server.url("weights.pt.zip"), sha256=None, member="weights.pt")
    pulled = _pull(published, tmp_path)
    assert pulled.paths[0].read_bytes() == CONTENT
    assert pulled.paths[0].is_relative_to(tmp_path)
    assert pulled.paths[0].name == "weights.pt"


@pytest.mark.parametrize("content", [b"no zip", _zip("other.pt")])
def test_a_zip_without_the_checkpoint_is_refused(server: FileServer, tmp_path: Path, content: bytes) -> None:
    server.files["weights.pt.zip"] = content
    published = _published(server, url=server.url("weights.pt.zip"), sha256=None, member="weights.pt")
    with pytest.raises(WrongHash, match=r"no zip file with weights\.pt"):
        _pull(published, tmp_path)


def test_a_download_that_failed_is_taken_up_by_the_next_pull(server: FileServer, tmp_path: Path) -> None:
    published = _published(server)
    server.cut_after = [60_000, 0, 0, 0, 0]
    with pytest.raises(ServerUnreachable):
        _pull(published, tmp_path)
    _pull(published, tmp_path)
    assert server.requests[-1] == ("/weights.pth", "bytes=60000-")


def test_every_entry_of_the_catalogue_is_complete() -> None:
    assert len(catalogue()) > 20
    for name, published in catalogue().items():
        assert published.family in FAMILIES
        assert (published.url is None) != (published.hub is None), name
        assert published.sha256 is None or len(published.sha256) == 64
        assert published.url is None or published.url.startswith("https://")
    hashes = [published.sha256 for published in catalogue().values() if published.sha256]
    assert len(set(hashes)) == len(hashes)
    assert {published.family for published in catalogue().values()} == set(FAMILIES)


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UnknownCheckpoint, match="sam-vit-b"):
        get_checkpoint("sam-vit-z")


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["README.md", "config.json", "model.safetensors", "w.pt"], ["config.json", "model.safetensors"]),
        (["config.json", "pytorch_model.bin"], ["config.json", "pytorch_model.bin"]),
        (["a.pt", "onnx/model.safetensors"], ["a.pt"]),
        (["config.json", "README.md"], []),
        (
            ["config.json", "model-1.safetensors", "model-2.safetensors", "model.safetensors.index.json"],
            ["config.json", "model-1.safetensors", "model-2.safetensors", "model.safetensors.index.json"],
        ),
        (["config.json", "model.safetensors", "extra.safetensors"], ["config.json", "model.safetensors"]),
    ],
)
def test_of_a_repository_the_safest_weights_are_taken(names: list[str], chosen: list[str]) -> None:
    assert choose_files(names) == chosen
