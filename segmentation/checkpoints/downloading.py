"""One file over HTTP, as far as it gets: a download that was cut goes on where it stopped.

HTTP_PROXY, HTTPS_PROXY and NO_PROXY are honoured (urllib reads them).
"""

from __future__ import annotations

import errno
import http.client
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import IO

from segmentation.checkpoints.errors import DiskFull, DownloadRefused, LicenceNotAccepted, ServerUnreachable

CHUNK_BYTES = 1 << 20
TIMEOUT_S = 30.0
PAUSES_S = (1.0, 2.0, 4.0, 8.0)  # between tries in a row that brought nothing
TRY_AGAIN = {408, 425, 429, 500, 502, 503, 504}
RANGE_NOT_SATISFIABLE = 416

OnBytes = Callable[[int, int | None], None]  # bytes that are here, bytes in all where that is known


class _Interrupted(Exception):
    """The connection broke or the server was busy: try again."""


@dataclass
class _Partial:
    """`NAME.part` and, beside it, the server's name for that version of the file."""

    path: Path

    @property
    def tag_path(self) -> Path:
        return self.path.with_name(self.path.name + ".etag")

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def tag(self) -> str | None:
        return self.tag_path.read_text() if self.tag_path.exists() else None

    def start_anew(self, tag: str | None) -> None:
        self.path.unlink(missing_ok=True)
        self.tag_path.unlink(missing_ok=True)
        if tag and not tag.startswith("W/"):
            self.tag_path.write_text(tag)


def download(url: str, target: Path, *, on_bytes: OnBytes) -> None:
    """The file of `url` at `target`. What is here of it already, in `target`.part, is not asked for again.

    Raises ServerUnreachable, DownloadRefused, LicenceNotAccepted or DiskFull; the part is kept.
    """
    partial = _Partial(target.with_name(target.name + ".part"))
    target.parent.mkdir(parents=True, exist_ok=True)
    failures = 0
    while True:
        before = partial.size
        try:
            _fetch_rest(url, partial, on_bytes)
        except _Interrupted as reason:
            failures = 1 if partial.size > before else failures + 1
            if failures > len(PAUSES_S):
                raise _unreachable(url, partial, reason) from reason
            time.sleep(PAUSES_S[failures - 1])
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFull.while_writing(target.parent) from error
            raise
        else:
            partial.path.replace(target)
            partial.tag_path.unlink(missing_ok=True)
            return


def _fetch_rest(url: str, partial: _Partial, on_bytes: OnBytes) -> None:
    """Append what is missing. Raises _Interrupted when that did not work and might next time."""
    offset, tag = partial.size, partial.tag()
    headers = {"User-Agent": "maskwright", "Accept-Encoding": "identity"}
    if offset:
        headers["Range"] = f"bytes={offset}-"
        if tag:
            headers["If-Range"] = tag
    request = urllib.request.Request(url, headers=headers)  # noqa: S310  (http and https of the catalogue)
    try:
        # An opener of its own: the shared one keeps the proxies of the first use.
        response = urllib.request.build_opener().open(request, timeout=TIMEOUT_S)
    except urllib.error.HTTPError as error:
        if error.code == RANGE_NOT_SATISFIABLE and offset:
            if _total(error.headers) == offset:
                return
            partial.start_anew(None)
            raise _Interrupted("the file has changed on the server") from error
        raise _refusal(url, error) from error
    except (urllib.error.URLError, OSError, http.client.HTTPException) as error:
        raise _Interrupted(str(getattr(error, "reason", error)) or type(error).__name__) from error
    with response:
        if response.status != http.HTTPStatus.PARTIAL_CONTENT:
            offset = 0
            partial.start_anew(response.headers.get("ETag"))
        total = _total(response.headers)
        _check_space(partial.path.parent, total, offset)
        _copy(response, partial, offset, total, on_bytes)


def _copy(
    response: http.client.HTTPResponse, partial: _Partial, done: int, total: int | None, on_bytes: OnBytes
) -> None:
    with partial.path.open("ab") as file:
        on_bytes(done, total)
        while chunk := _read(response):
            file.write(chunk)
            done += len(chunk)
            on_bytes(done, total)
    if total is not None and done < total:
        raise _Interrupted(f"the connection was cut after {done:,} of {total:,} bytes")


def _read(response: IO[bytes]) -> bytes:
    try:
        return response.read(CHUNK_BYTES)
    except (OSError, http.client.HTTPException) as error:
        raise _Interrupted(str(error) or type(error).__name__) from error


def _total(headers: Message) -> int | None:
    """Size of the whole file: "Content-Range: bytes 5-9/10", or the length of a whole answer."""
    whole = (headers.get("Content-Range") or "").rpartition("/")[2] or headers.get("Content-Length") or ""
    return int(whole) if whole.isdecimal() else None


def _check_space(folder: Path, total: int | None, have: int) -> None:
    if total is not None and shutil.disk_usage(folder).free < total - have:
        raise DiskFull.while_writing(folder, needed=total - have)


def _refusal(url: str, error: urllib.error.HTTPError) -> Exception:
    if error.code in TRY_AGAIN:
        return _Interrupted(f"the server answered {error.code} {error.reason}")
    if error.code in (401, 403):
        return LicenceNotAccepted(
            f"The server does not give {url} to everybody ({error.code}). Download it in a browser where you "
            "are signed in, then `segmenters add FILE --family FAMILY`."
        )
    return DownloadRefused(
        f"The server answered {error.code} {error.reason} for {url}. Has the file moved? "
        "Download it from its authors' page, then `segmenters add FILE --family FAMILY`."
    )


def _unreachable(url: str, partial: _Partial, reason: _Interrupted) -> ServerUnreachable:
    kept = (
        f" {partial.size / 1e6:,.1f} MB are here; the same command goes on from there."
        if partial.size
        else ""
    )
    return ServerUnreachable(
        f"{url} could not be downloaded: {reason}.{kept} Check the connection (HTTPS_PROXY), or put the file "
        "into a folder and name that: MASKWRIGHT_OFFLINE_FOLDER=FOLDER."
    )
