"""What identifies a checkpoint: the sha256 of its bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

WEIGHTS = (".safetensors", ".pth", ".pt", ".bin")


def sha256_of_file(path: Path) -> str:
    """Hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_of(checkpoint: Path) -> str:
    """Of a file; of a folder that of its one weights file, or of the lines "name sha256" of its shards."""
    files = weights_files(checkpoint)
    if len(files) == 1:
        return sha256_of_file(files[0])
    lines = "".join(f"{file.name} {sha256_of_file(file)}\n" for file in files)
    return hashlib.sha256(lines.encode()).hexdigest()


def weights_files(checkpoint: Path) -> list[Path]:
    """The file itself, or the weights in a folder by name."""
    if checkpoint.is_file():
        return [checkpoint]
    return sorted(path for path in checkpoint.iterdir() if path.suffix in WEIGHTS and path.is_file())


def bytes_of(checkpoint: Path) -> int:
    """Of all weights."""
    return sum(path.stat().st_size for path in weights_files(checkpoint))
