"""The checkpoints that can be pulled by name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from segmentation.checkpoints.errors import UnknownCheckpoint

_FILE = Path(__file__).with_name("catalogue.toml")


@dataclass(frozen=True)
class PublishedCheckpoint:
    """One entry of catalogue.toml; either `url` or `hub` says where it is."""

    name: str
    family: str
    title: str
    licence: str
    url: str | None = None
    hub: str | None = None  # Hugging Face id
    file: str | None = None  # in the Hugging Face repository; None: all its weights are one checkpoint
    member: str | None = None  # in the zip file at `url`
    sha256: str | None = None  # of the file that is downloaded; None: not surely known
    bytes: int | None = None
    parameters: int | None = None
    input_size: int | None = None  # pixels
    embedding_values: int | None = None  # numbers in an image embedding
    gated: bool = False

    @property
    def file_name(self) -> str | None:
        """What the download is called, in the offline folder too; None for a folder of files."""
        return self.url.rpartition("/")[2] if self.url else self.file


@cache
def catalogue() -> dict[str, PublishedCheckpoint]:
    """All of them by name, in the order of the file."""
    entries = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {name: PublishedCheckpoint(name, **entry) for name, entry in entries.items()}


def get_checkpoint(name: str) -> PublishedCheckpoint:
    """Raises UnknownCheckpoint, which lists the known ones."""
    try:
        return catalogue()[name]
    except KeyError:
        known = ", ".join(catalogue())
        raise UnknownCheckpoint(
            f'No published checkpoint is called "{name}" here. Known: {known}. '
            "A file of your own comes in with `segmenters add FILE --family FAMILY`."
        ) from None
