"""Files of images, found by the sha256 of their content: `blobs/ab/abcd…`, `thumbnails/ab/abcd….jpg`, and
`pyramids/ab/abcd….zip` of large images.

An upload that is shown as it is has one blob; else there are two, the upload and its rendition. The same
bytes in two projects are one file. A file appears whole (written beside its place, then renamed).
"""

import fcntl
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


def blob_path(sha256: str) -> Path:
    """Where the bytes with this hash are (or will be)."""
    return _root() / "blobs" / sha256[:2] / sha256


def thumbnail_path(rendition_sha256: str) -> Path:
    """Where the thumbnail (JPEG) of a rendition is (or will be)."""
    return _root() / "thumbnails" / rendition_sha256[:2] / f"{rendition_sha256}.jpg"


def pyramid_path(rendition_sha256: str) -> Path:
    """Where the tiles of a large rendition are (or will be)."""
    return _root() / "pyramids" / rendition_sha256[:2] / f"{rendition_sha256}.zip"


@contextmanager
def work_folder() -> Iterator[Path]:
    """A folder on the same file system as the blobs, gone with what is left in it when the block ends."""
    parent = _root() / "incoming"
    parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parent) as name:
        yield Path(name)


def keep(source: Path, target: Path) -> None:
    """Move a finished file of a work folder to its place. Content that is already there stays."""
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as file:
        # A row must not outlive its bytes in a power cut.
        os.fsync(file.fileno())
    source.replace(target)


def stored_hashes() -> Iterator[str]:
    """The hashes of all blobs."""
    return (path.name for path in (_root() / "blobs").glob("??/*"))


def work_folders() -> Iterator[Path]:
    """Those in use, and those of processes that were killed."""
    return (_root() / "incoming").glob("*")


def remove(sha256s: Iterable[str]) -> None:
    """Delete the blobs, thumbnails and pyramids of these hashes. Only under `files_may_vanish`."""
    for sha256 in sha256s:
        blob_path(sha256).unlink(missing_ok=True)
        thumbnail_path(sha256).unlink(missing_ok=True)
        pyramid_path(sha256).unlink(missing_ok=True)


@contextmanager
def files_must_stay() -> Iterator[None]:
    """Held from finding a file in its place until the row that needs it is committed. Many at a time."""
    with _lock(fcntl.LOCK_SH):
        yield


@contextmanager
def files_may_vanish() -> Iterator[None]:
    """Held from finding that no row needs a file until it is deleted. Alone."""
    with _lock(fcntl.LOCK_EX):
        yield


@contextmanager
def _lock(mode: int) -> Iterator[None]:
    _root().mkdir(parents=True, exist_ok=True)
    with (_root() / "lock").open("w") as file:
        fcntl.flock(file, mode)
        yield


def _root() -> Path:
    root: Path = settings.MEDIA_DIR
    return root
