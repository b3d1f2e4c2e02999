"""A checkpoint becomes an installed segmenter: complete, or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from segmentation.checkpoints.errors import AlreadyInstalled, DiskFull
from segmentation.checkpoints.examining import examine
from segmentation.checkpoints.facts import CheckpointFacts, ask_facts, has_torch
from segmentation.checkpoints.hashing import bytes_of, sha256_of
from segmentation.checkpoints.installed import (
    CHECKPOINT,
    InstalledRecord,
    InstalledSegmenter,
    check_name,
    find_installed,
    write_record,
)
from segmentation.segmenters.families import get_family


def install(
    folder: Path,
    name: str,
    *,
    files: list[Path],
    family: str,
    origin: str,
    title: str | None = None,
    licence: str | None = None,
    sha256: str | None = None,
    may_link: bool = False,
) -> InstalledRecord:
    """Put the files of one checkpoint into `folder`/`name`, after a look into them.

    With torch the family's loader reads them; without, they are only known to be whole and free of code.
    `sha256`: of the checkpoint, where it was computed already. `may_link`: nobody changes the files in
    place, so that a hard link does for a copy.
    Raises BadSegmenterName, AlreadyInstalled, CheckpointRefused, DiskFull; then nothing is installed.
    """
    check_is_free(folder, name)
    with _staged(folder, name) as place:
        checkpoint = place / CHECKPOINT
        checkpoint.mkdir()
        for file in files:
            _take(file, checkpoint / file.name, may_link=may_link)
        examine(checkpoint)
        facts = ask_facts(family, _whole(checkpoint)) if has_torch() else None
        record = InstalledRecord(
            name=name,
            family=family,
            title=title or _title(family, facts),
            variant=facts.variant if facts else None,
            origin=origin,
            licence=licence or (facts.licence if facts else None),
            checkpoint_sha256=sha256 or sha256_of(checkpoint),
            checkpoint_bytes=bytes_of(checkpoint),
            parameters=facts.parameters if facts else None,
            input_size=facts.input_size if facts else None,
        )
        write_record(place, record)
    return record


def check_is_free(folder: Path, name: str) -> None:
    """Raises BadSegmenterName or AlreadyInstalled."""
    check_name(name)
    if (folder / name).exists():
        raise AlreadyInstalled(
            f'A segmenter "{name}" is installed already. Give this one another name (--name), or remove that '
            f"one first: `python manage.py segmenters remove {name}`."
        )


def uninstall(segmenter: InstalledSegmenter) -> None:
    """Delete it, its name first, so that nobody meets half of it."""
    doomed = Path(tempfile.mkdtemp(prefix=".removing-", dir=segmenter.folder.parent))
    segmenter.folder.replace(doomed / segmenter.name)
    shutil.rmtree(doomed)


def remove_leftovers(folder: Path) -> None:
    """What processes that were killed left half-made."""
    for pattern in (".installing-*", ".removing-*", "*/.export.*"):
        for path in folder.glob(pattern):
            shutil.rmtree(path, ignore_errors=True)


def _title(family: str, facts: CheckpointFacts | None) -> str:
    title = get_family(family).title
    return f"{title}, {facts.variant}" if facts else title


def _whole(checkpoint: Path) -> Path:
    """The one file in it, whose name then stands in messages, or the folder."""
    files = list(checkpoint.iterdir())
    return files[0] if len(files) == 1 else checkpoint


@contextmanager
def _staged(folder: Path, name: str) -> Iterator[Path]:
    """A folder that gets its name when the block succeeds. Its first name is no valid one: nobody sees it."""
    with _disk_full_explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix=f".installing-{name}-", dir=folder))
        try:
            yield place
            place.chmod(0o755)
            if find_installed(folder, name) is not None:
                check_is_free(folder, name)  # another process was faster
            place.replace(folder / name)
        finally:
            shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _disk_full_explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull.while_writing(folder) from error
        raise


def _take(source: Path, target: Path, *, may_link: bool) -> None:
    if may_link:
        with suppress(OSError):  # another file system, or one without links
            os.link(source.resolve(), target)
            return
    shutil.copyfile(source, target)
