"""Which embeddings go when there are too many: those that were not used for the longest time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# An embedding that was served or made this recently stays, even where that exceeds the budget for a while.
IN_USE_SECONDS = 15 * 60
# Trimmed to less than the budget, so that not every further embedding finds it full.
_KEPT_SHARE = 0.9
_TOUCHED_AGAIN_SECONDS = 60


@dataclass(frozen=True)
class StoredFile:
    path: Path
    bytes: int
    used_at: float  # seconds since the epoch


def note_use(path: Path) -> None:
    """Somebody was sent this file: it goes later. Its modification time is the time of its last use."""
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > _TOUCHED_AGAIN_SECONDS:
            os.utime(path)


def trim(files: Iterator[StoredFile], *, max_bytes: int) -> list[Path]:
    """Deletes the least recently used files when all together exceed `max_bytes`. Answers which.

    Safe beside readers and writers: whoever has a file open reads it to its end.
    """
    kept = sorted(files, key=lambda file: file.used_at)
    total = sum(file.bytes for file in kept)
    if total <= max_bytes:
        return []
    in_use_since = time.time() - IN_USE_SECONDS
    deleted = []
    for file in kept:
        if total <= max_bytes * _KEPT_SHARE or file.used_at > in_use_since:
            break
        file.path.unlink(missing_ok=True)
        deleted.append(file.path)
        total -= file.bytes
    return deleted
