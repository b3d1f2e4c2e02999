"""What lies in a folder of installed segmenters: NAME/segmenter.json, NAME/checkpoint/, NAME/export/.

A name stands for one checkpoint for as long as it is installed, so that embeddings and masks that name it
stay true; other weights need another name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from segmentation.checkpoints.errors import BadSegmenterName, NotInstalled, RecordUnreadable

RECORD = "segmenter.json"
CHECKPOINT = "checkpoint"
EXPORT = "export"
MANIFEST = f"{EXPORT}/manifest.json"
FORMAT = 1
NAME_PATTERN = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")


@dataclass(frozen=True)
class InstalledRecord:
    """segmenter.json: whose checkpoint it is and where it came from. None: not known yet."""

    name: str
    family: str
    title: str
    variant: str | None
    origin: str  # an address, a Hugging Face id with its revision, or the name of a file
    licence: str | None
    checkpoint_sha256: str  # of the file; of a folder see `checkpoint_files.sha256_of`
    checkpoint_bytes: int
    parameters: int | None
    input_size: int | None  # pixels, the longest side that the network sees


@dataclass(frozen=True)
class InstalledSegmenter:
    """One folder; its parts are looked at only when asked for."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def checkpoint_path(self) -> Path:
        return self.folder / CHECKPOINT

    @property
    def export_path(self) -> Path:
        """What the exporter replaces as a whole."""
        return self.folder / EXPORT

    @property
    def manifest_path(self) -> Path:
        return self.folder / MANIFEST

    @property
    def is_exported(self) -> bool:
        return self.manifest_path.is_file()

    def read_record(self) -> InstalledRecord:
        """Raises RecordUnreadable."""
        path = self.folder / RECORD
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if content.pop("format") != FORMAT:
                raise ValueError("another format")
            return InstalledRecord(name=self.name, **content)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise RecordUnreadable(
                f"{path} cannot be read. Remove the segmenter and install it again: "
                f"`python manage.py segmenters remove {self.name}`."
            ) from error


def write_record(folder: Path, record: InstalledRecord) -> None:
    """segmenter.json in `folder`, which need not have its final name yet."""
    content: dict[str, Any] = {"format": FORMAT, **asdict(record)}
    del content["name"]  # the folder's
    (folder / RECORD).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def check_name(name: str) -> str:
    """The name itself. Raises BadSegmenterName."""
    if not NAME_PATTERN.fullmatch(name):
        raise BadSegmenterName(
            f'"{name}" is no name for a segmenter. Take lower-case letters, digits, ".", "-", "_", at most '
            "64, with a letter or digit first and last."
        )
    return name


def find_installed(folder: Path, name: str) -> InstalledSegmenter | None:
    """The segmenter of that name in `folder`, whatever is complete of it; None where there is none."""
    if NAME_PATTERN.fullmatch(name) and (folder / name / RECORD).is_file():
        return InstalledSegmenter(folder / name)
    return None


def get_installed(folder: Path, name: str) -> InstalledSegmenter:
    """Raises NotInstalled, which lists what is."""
    found = find_installed(folder, name)
    if found is None:
        names = ", ".join(segmenter.name for segmenter in list_installed(folder)) or "none"
        raise NotInstalled(f'There is no installed segmenter "{name}". Installed: {names}.')
    return found


def list_installed(folder: Path) -> Iterator[InstalledSegmenter]:
    """All of `folder` by name. A folder that is being installed or removed has a name that is not valid."""
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if found := find_installed(folder, path.name):
                yield found
