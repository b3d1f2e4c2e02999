"""Downloads against a real server that cuts, refuses and changes its mind."""

from __future__ import annotations

import errno
import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from segmentation.checkpoints.downloading import download
from segmentation.checkpoints.errors import DiskFull, DownloadRefused, LicenceNotAccepted, ServerUnreachable
from tests.segmentation.checkpoints.http_server import FileServer, proxy

CONTENT = os.urandom(3_000_000)


def _ignore(done: int, total: int | None) -> None:
    pass


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "downloads" / "weights.pth"


def test_a_file_arrives_and_progress_is_told(server: FileServer, target: Path) -> None:
    server.files["weights.pth"] = CONTENT
    told: list[tuple[int, int | None]] = []
    download(server.url("weights.pth"), target, on_bytes=lambda *step: told.append(step))
    assert target.read_bytes() == CONTENT
    assert (told[0], told[-1]) == ((0, len(CONTENT)), (len(CONTENT), len(CONTENT)))
    assert [path.name for path in target.parent.iterdir()] == ["weights.pth"]


def test_a_cut_connection_goes_on_where_it_stopped(server: FileServer, target: Path) -> None:
    server.files["weights.pth"] = CONTENT
    server.cut_after = [1_000_000, 500_000]
    download(server.url("weights.pth"), target, on_bytes=_ignore)
    assert target.read_bytes() == CONTENT
    assert [asked for _, asked in server.requests] == [None, "bytes=1000000-", "bytes=1500000-"]


def test_a_later_run_goes_on_where_the_first_stopped(server: FileServer, target: Path) -> None:
    server.files["weights.pth"] = CONTENT
    server.cut_after = [2_000_000, 0, 0, 0, 0]
    with pytest.raises(ServerUnreachable, match=r"2\.0 MB are here; the same command goes on"):
        download(server.url("weights.pth"), target, on_bytes=_ignore)
    server.requests.clear()
    download(server.url("weights.pth"), target, on_bytes=_ignore)
    assert server.requests == [("/weights.pth", "bytes=2000000-")]
    assert target.read_bytes() == CONTENT


def test_a_file_that_changed_meanwhile_is_fetched_whole(server: FileServer, target: Path) -> None:
    server.files["weights.pth"] = CONTENT
    server.cut_after = [2_000_000, 0, 0, 0, 0]
    with pytest.raises(ServerUnreachable):
        download(server.url("weights.pth"), target, on_bytes=_ignore)
    server.files["weights.pth"], server.etag = CONTENT[::-1], '"two"'
    download(server.url("weights.pth"), target, on_bytes=_ignore)
    assert target.read_bytes() == CONTENT[::-1]


def test_a_server_without_ranges_starts_again(server: FileServer, target: Path) -> None:
    server.files["weights.pth"] = CONTENT
    server.takes_ranges = False
    server.cut_after = [2_000_000]
    download(server.url("weights.pth"), target, on_bytes=_ignore)
    assert target.read_bytes() == CONTENT


def test_a_part_that_is_whole_already_is_taken(server: FileServer, target: Path) -> None:
    server.files["weights.pth"] = CONTENT
    target.parent.mkdir()
    target.with_name("weights.pth.part").write_bytes(CONTENT)
    download(server.url("weights.pth"), target, on_bytes=_ignore)
    assert target.read_bytes() == CONTENT


def test_a_part_that_is_too_long_is_thrown_away(server: FileServer, target: Path) -> None:
    server.files["weights.pth"] = CONTENT
    target.parent.mkdir()
    target.with_name("weights.pth.part").write_bytes(CONTENT * 2)
    download(server.url("weights.pth"), target, on_bytes=_ignore)
    assert target.read_bytes() == CONTENT


def test_a_busy_server_is_asked_again(server: FileServer, target: Path) -> None:
    server.files["weights.pth"] = CONTENT
    server.statuses = [503, 429, 500]
    download(server.url("weights.pth"), target, on_bytes=_ignore)
    assert target.read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("status", "error", "sentence"),
    [
        (401, LicenceNotAccepted, "where you are signed in"),
        (403, LicenceNotAccepted, "segmenters add FILE"),
        (404, DownloadRefused, "Has the file moved"),
        (410, DownloadRefused, "410"),
    ],
)
def test_a_refusal_says_what_to_do(
    server: FileServer, target: Path, status: int, error: type[Exception], sentence: str
) -> None:
    server.statuses = [status]
    with pytest.raises(error, match=sentence):
        download(server.url("weights.pth"), target, on_bytes=_ignore)
    assert len(server.requests) == 1, "asking again would not help"
    assert not target.exists()


def test_without_a_network_the_way_around_is_told(server: FileServer, target: Path) -> None:
    nobody = "http://127.0.0.1:9/weights.pth"
    with pytest.raises(ServerUnreachable, match="MASKWRIGHT_OFFLINE_FOLDER"):
        download(nobody, target, on_bytes=_ignore)


def test_the_proxy_of_the_environment_is_used(
    server: FileServer, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.files["weights.pth"] = CONTENT
    passed: list[str] = []
    with proxy(passed) as address:
        monkeypatch.setenv("http_proxy", address)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        download(server.url("weights.pth"), target, on_bytes=_ignore)
    assert passed == [server.url("weights.pth")]
    assert target.read_bytes() == CONTENT


def test_too_small_a_disk_is_told_before_the_download(
    server: FileServer, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    server.files["weights.pth"] = CONTENT
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10, 9, 1000))
    with pytest.raises(DiskFull, match=r"3 MB are needed\. Free some space"):
        download(server.url("weights.pth"), target, on_bytes=_ignore)


def test_a_disk_that_fills_up_is_told_and_the_part_kept(
    server: FileServer, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.files["weights.pth"] = CONTENT

    def full(done: int, total: int | None) -> None:
        if done:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(DiskFull, match="Free some space"):
        download(server.url("weights.pth"), target, on_bytes=full)
    assert target.with_name("weights.pth.part").stat().st_size > 0
