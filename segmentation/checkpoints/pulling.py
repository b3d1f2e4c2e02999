"""From the catalogue to files on this machine: an offline folder first, then the network."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

from segmentation.checkpoints.catalogue import PublishedCheckpoint
from segmentation.checkpoints.downloading import OnBytes, download
from segmentation.checkpoints.errors import NothingToAdd, WrongHash
from segmentation.checkpoints.hashing import WEIGHTS, sha256_of_file
from segmentation.checkpoints.hub import CONFIG, INDEX, fetch_from_hub

OFFLINE_FOLDER = "MASKWRIGHT_OFFLINE_FOLDER"
DOWNLOADS = ".downloads"
SEEN_HASHES = ".seen-hashes.json"


@dataclass(frozen=True)
class PulledFiles:
    """The files of one checkpoint and where they came from."""

    paths: list[Path]
    origin: str
    scratch: Path | None = None  # a download of ours, to be deleted once it is installed
    may_link: bool = False  # nobody will change the files in place


def pull(published: PublishedCheckpoint, folder: Path, *, on_bytes: OnBytes) -> PulledFiles:
    """Have the files of a published checkpoint; `folder` is where segmenters are installed.

    Raises what `download` and `fetch_from_hub` raise, and WrongHash.
    """
    pulled = _find_offline(published) or _fetch(published, folder, on_bytes)
    if published.file_name:
        check_hash(published, pulled.paths[0], folder)
    if published.member:
        return _unpacked(published, pulled, folder)
    return pulled


def check_hash(published: PublishedCheckpoint, path: Path, folder: Path) -> None:
    """Against the catalogue, else against what the first pull on this machine saw. Raises WrongHash."""
    seen_path = folder / SEEN_HASHES
    seen: dict[str, str] = json.loads(seen_path.read_text()) if seen_path.exists() else {}
    found = sha256_of_file(path)
    expected = published.sha256 or seen.get(published.name)
    if expected is None:
        folder.mkdir(parents=True, exist_ok=True)
        seen_path.write_text(json.dumps({**seen, published.name: found}, indent=1) + "\n")
    elif found != expected:
        whose = "published one" if published.sha256 else f"one of the first pull, see {seen_path}"
        if path.is_relative_to(folder):
            path.unlink()
        raise WrongHash(
            f"{path.name} is not the file that it should be: its sha256 is {found}, the {whose} is "
            f"{expected}. Pull it again; if it stays so, the file was changed by its publisher or on the way."
        )


def offline_folder() -> Path | None:
    """MASKWRIGHT_OFFLINE_FOLDER. Raises NothingToAdd where there is no such folder."""
    text = os.environ.get(OFFLINE_FOLDER)
    if not text:
        return None
    folder = Path(text).expanduser()
    if not folder.is_dir():
        raise NothingToAdd(
            f"{OFFLINE_FOLDER} is {text}, which is no folder. Name one with checkpoints in it."
        )
    return folder


def _find_offline(published: PublishedCheckpoint) -> PulledFiles | None:
    """By file name; by the repository's name for a Hugging Face folder."""
    folder = offline_folder()
    if folder is None:
        return None
    if published.file_name:
        path = folder / published.file_name
        return PulledFiles([path], str(path)) if path.is_file() else None
    path = folder / (published.hub or "").rpartition("/")[2]
    return PulledFiles(files_of(path), str(path)) if path.is_dir() else None


def files_of(folder: Path) -> list[Path]:
    """config.json and the weights of a folder as Hugging Face lays it out. Raises NothingToAdd."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    weights = [path for path in files if path.suffix in WEIGHTS or path.name.endswith(INDEX)]
    if not weights:
        raise NothingToAdd(f"{folder} holds no checkpoint. It would have config.json and model.safetensors.")
    return [path for path in files if path.name == CONFIG] + weights


def _fetch(published: PublishedCheckpoint, folder: Path, on_bytes: OnBytes) -> PulledFiles:
    if published.hub:
        found = fetch_from_hub(published.hub, file=published.file)
        return PulledFiles(list(found.paths), found.origin, may_link=True)
    assert published.url is not None, "an entry of the catalogue has url or hub"  # noqa: S101
    scratch = folder / DOWNLOADS / published.name
    target = scratch / str(published.file_name)
    if not target.exists():
        download(published.url, target, on_bytes=on_bytes)
    return PulledFiles([target], published.url, scratch, may_link=True)


def _unpacked(published: PublishedCheckpoint, pulled: PulledFiles, folder: Path) -> PulledFiles:
    scratch = folder / DOWNLOADS / published.name
    scratch.mkdir(parents=True, exist_ok=True)
    name = str(published.member)
    target = scratch / name
    try:
        with zipfile.ZipFile(pulled.paths[0]) as archive, target.open("wb") as output:
            member = next(entry for entry in archive.namelist() if entry.rpartition("/")[2] == name)
            with archive.open(member) as source:
                shutil.copyfileobj(source, output)
    except (zipfile.BadZipFile, StopIteration, EOFError) as error:
        target.unlink(missing_ok=True)
        raise WrongHash(f"{pulled.paths[0].name} is no zip file with {name} in it. Pull it again.") from error
    return PulledFiles([target], pulled.origin, scratch, may_link=True)
