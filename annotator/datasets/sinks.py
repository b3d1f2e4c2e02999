"""Where an export goes: a zip file or a folder. Both get the same files, and equal data gives equal bytes."""

import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

# The earliest time that a zip file can hold; the real one would make every export different.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
READABLE_FILE = 0o100644
UNIX = 3
DEFLATE_LEVEL = 6


class Sink(Protocol):
    def write_text(self, name: str, chunks: Iterable[bytes]) -> None:
        """A file made of small pieces, which compress well."""

    def copy_image(self, name: str, source: Path) -> None:
        """An image, whose format is compressed already. Raises FileNotFoundError."""


class ZipSink:
    """One zip file, written as a stream. Every entry has the same date, rights and kind of header."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def write_text(self, name: str, chunks: Iterable[bytes]) -> None:
        with self._entry(name, zipfile.ZIP_DEFLATED) as entry:
            for chunk in chunks:
                entry.write(chunk)

    def copy_image(self, name: str, source: Path) -> None:
        with source.open("rb") as file, self._entry(name, zipfile.ZIP_STORED) as entry:
            shutil.copyfileobj(file, entry, 1 << 20)

    def _entry(self, name: str, compression: int) -> IO[bytes]:
        info = zipfile.ZipInfo(name, date_time=ZIP_EPOCH)
        info.compress_type = compression
        info.create_system = UNIX
        info.external_attr = READABLE_FILE << 16
        # Always: the size is not known before, and a header that depends on it would not be the same for all.
        return self._archive.open(info, "w", force_zip64=True)


class FolderSink:
    """A folder. Each file appears whole; files that are not part of the export are left alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write_text(self, name: str, chunks: Iterable[bytes]) -> None:
        with appears_whole(self._place(name)) as unfinished, unfinished.open("wb") as file:
            file.writelines(chunks)

    def copy_image(self, name: str, source: Path) -> None:
        with appears_whole(self._place(name)) as unfinished:
            shutil.copyfile(source, unfinished)

    def _place(self, name: str) -> Path:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


@contextmanager
def zip_sink(path: Path) -> Iterator[ZipSink]:
    """A zip file that appears at `path` when the block ends well, and not at all otherwise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        appears_whole(path) as unfinished,
        zipfile.ZipFile(unfinished, "w", compresslevel=DEFLATE_LEVEL) as archive,
    ):
        yield ZipSink(archive)


@contextmanager
def appears_whole(path: Path) -> Iterator[Path]:
    """A name beside `path` to write to, renamed to `path` when the block ends well."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
