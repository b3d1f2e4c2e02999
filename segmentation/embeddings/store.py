"""Image embeddings on disk by content: whoever asks for the same image and segmenter shares a file."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from segmentation.embeddings.budget import StoredFile, note_use, trim
from segmentation.embeddings.errors import EmbeddingCorrupt, EmbeddingMissing, EmbeddingSignatureMismatch
from segmentation.embeddings.file_format import check_embedding_file, embedding_bytes, read_embedding_file
from segmentation.embeddings.signature import EmbeddingSignature
from segmentation.segmenters.base import ImageEmbedding

_UNUSABLE = (EmbeddingMissing, EmbeddingCorrupt, EmbeddingSignatureMismatch)


SUFFIX = ".safetensors.gz"
# A write takes less than a second; what is older was left by a process that was killed.
ABANDONED_AFTER_SECONDS = 3600


class EmbeddingStore:
    """A folder of embedding files, `ab/cd/<key>.safetensors.gz`. Safe for many readers and writers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, key: str) -> Path:
        """Where the file of a key is or will be. Raises ValueError for what is no key."""
        if len(key) != 64 or not set(key) <= set("0123456789abcdef"):
            raise ValueError("an embedding key is 64 hex digits")
        return self.folder / key[:2] / key[2:4] / f"{key}{SUFFIX}"

    def has(self, signature: EmbeddingSignature) -> bool:
        """Whether a usable file is there. Reads its header; a damaged or foreign one counts as missing."""
        try:
            check_embedding_file(self.path(signature.key), signature)
        except _UNUSABLE:
            return False
        return True

    def read(self, signature: EmbeddingSignature) -> ImageEmbedding:
        """Raises EmbeddingMissing, EmbeddingCorrupt or EmbeddingSignatureMismatch."""
        return read_embedding_file(self.path(signature.key), signature)

    def find(self, signature: EmbeddingSignature) -> ImageEmbedding | None:
        """Like `read`, but None for whatever has to be computed (again)."""
        try:
            return self.read(signature)
        except _UNUSABLE:
            return None

    def write(self, signature: EmbeddingSignature, embedding: ImageEmbedding) -> Path:
        """Store atomically: a reader sees the whole file or none, also after a crash."""
        data = embedding_bytes(embedding, signature)
        path = self.path(signature.key)
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            with suppress(FileNotFoundError):
                Path(temporary).unlink()
            raise
        return path

    def note_use(self, key: str) -> None:
        """Somebody was sent the embedding: it is deleted later than those that nobody asks for."""
        note_use(self.path(key))

    def keys(self) -> Iterator[str]:
        """Of all files that are there."""
        return (path.name.removesuffix(SUFFIX) for path in self.folder.glob(f"*/*/*{SUFFIX}"))

    def remove(self, key: str) -> None:
        self.path(key).unlink(missing_ok=True)

    def trim(self, *, max_bytes: int) -> list[str]:
        """Delete the least recently used embeddings beyond the budget, none in use. Answers their keys."""
        return [path.name.removesuffix(SUFFIX) for path in trim(self._files(), max_bytes=max_bytes)]

    def remove_abandoned(self) -> int:
        """Delete what killed writers left behind, and files of earlier layouts. Answers how many."""
        long_ago = time.time() - ABANDONED_AFTER_SECONDS
        removed = 0
        for path in self.folder.glob("*/*/*"):
            if path.name.endswith(SUFFIX):
                continue
            with suppress(FileNotFoundError):  # its writer may be alive after all, and just finishing
                if path.stat().st_mtime < long_ago:
                    path.unlink()
                    removed += 1
        return removed

    def _files(self) -> Iterator[StoredFile]:
        for path in self.folder.glob(f"*/*/*{SUFFIX}"):
            with suppress(FileNotFoundError):
                state = path.stat()
                yield StoredFile(path, state.st_size, state.st_mtime)
