"""Take the bytes of an upload in, whatever its size, hashing them on the way."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from annotator.images.errors import UploadTooLarge

CHUNK_BYTES = 1 << 20


@dataclass(frozen=True)
class ReceivedFile:
    """An upload on disk."""

    path: Path
    sha256: str  # hex
    bytes: int


def receive(file: BinaryIO, *, to: Path) -> ReceivedFile:
    """Copy `file` to the path `to`. Raises UploadTooLarge as soon as there are more bytes than allowed."""
    digest = hashlib.sha256()
    count = 0
    with to.open("xb") as target:
        for chunk in _chunks(file):
            count += len(chunk)
            check_size(count)
            digest.update(chunk)
            target.write(chunk)
    return ReceivedFile(path=to, sha256=digest.hexdigest(), bytes=count)


def check_size(count: int) -> None:
    """Raises UploadTooLarge when a file of `count` bytes is more than this server takes."""
    if count > settings.MAX_UPLOAD_BYTES:
        raise UploadTooLarge(limit_bytes=settings.MAX_UPLOAD_BYTES)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK_BYTES):
        yield chunk
