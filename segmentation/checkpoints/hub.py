"""Checkpoints by Hugging Face id, through huggingface_hub: HF_HOME, HF_TOKEN and HF_ENDPOINT are honoured."""

from __future__ import annotations

import errno
import importlib.util
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from segmentation.checkpoints.errors import (
    DiskFull,
    DownloadRefused,
    LicenceNotAccepted,
    ServerUnreachable,
    TorchMissing,
    WrongHash,
)
from segmentation.checkpoints.hashing import sha256_of_file
from segmentation.errors import SegmentationError

HUB_ID = re.compile(r"[\w.-]+/[\w.-]+(@[\w./-]+)?")
CONFIG = "config.json"
INDEX = ".safetensors.index.json"


@dataclass(frozen=True)
class HubFiles:
    """What was downloaded, in the cache of HF_HOME."""

    repository: str
    commit: str
    paths: tuple[Path, ...]

    @property
    def origin(self) -> str:
        return f"{self.repository}@{self.commit}"


def fetch_from_hub(hub_id: str, *, file: str | None = None) -> HubFiles:
    """The weights (and config.json) of a repository "owner/name" or "owner/name@revision", or one file of it.

    Each file has the sha256 that the server states. Shows huggingface_hub's progress bars on stderr.
    Raises TorchMissing, LicenceNotAccepted, DownloadRefused, ServerUnreachable, WrongHash or DiskFull.
    """
    if importlib.util.find_spec("huggingface_hub") is None:
        raise TorchMissing("A download from Hugging Face")
    repository, _, revision = hub_id.partition("@")
    from huggingface_hub.errors import EntryNotFoundError, HTTPError

    try:
        return _fetch(repository, revision or None, file)
    except (HTTPError, EntryNotFoundError, OSError) as error:
        raise _explained(error, repository) from error


def _fetch(repository: str, revision: str | None, file: str | None) -> HubFiles:
    from huggingface_hub import HfApi, constants, hf_hub_download

    info = HfApi().model_info(repository, revision=revision, files_metadata=True)
    stated = {entry.rfilename: entry for entry in info.siblings or []}
    wanted = [file] if file else choose_files(list(stated))
    if not wanted or not stated.keys() >= set(wanted):
        raise DownloadRefused(
            f"{repository} on Hugging Face holds no {file or 'weights'}. Look at its files, then name one: "
            "download it in a browser and `segmenters add FILE --family FAMILY`."
        )
    _check_space(Path(constants.HF_HUB_CACHE), sum(stated[name].size or 0 for name in wanted))
    paths = []
    for name in wanted:
        path = Path(hf_hub_download(repository, name, revision=info.sha))
        _check_hash(path, stated[name])
        paths.append(path)
    return HubFiles(repository, str(info.sha), tuple(paths))


def choose_files(names: list[str]) -> list[str]:
    """config.json and the weights at the top of a repository: safetensors where there are any."""
    top = [name for name in names if "/" not in name]
    safe = [name for name in top if name.endswith((".safetensors", INDEX))]
    standard = [name for name in safe if name.startswith("model")] or safe
    weights = standard or [name for name in top if name.endswith((".pth", ".pt", ".bin"))]
    return [name for name in top if name == CONFIG and weights] + weights


def _check_space(cache: Path, needed: int) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(cache).free < needed:
        raise DiskFull.while_writing(cache, needed=needed)


def _check_hash(path: Path, stated: Any) -> None:
    """Large files lie in Git LFS, which names them by sha256."""
    if stated.lfs is None or stated.lfs.sha256 == sha256_of_file(path):
        return
    path.resolve().unlink()
    raise WrongHash(
        f"{path.name} arrived damaged: its sha256 is not the one that Hugging Face states. "
        "It was deleted; run the same command again."
    )


def _explained(error: Exception, repository: str) -> SegmentationError:
    """What huggingface_hub raises, as a sentence. The order follows its classes: special ones first."""
    from huggingface_hub import errors

    page = f"https://huggingface.co/{repository}"
    if isinstance(error, errors.GatedRepoError):
        return LicenceNotAccepted(
            f"{repository} is given only to those who accepted its licence. Sign in at {page}, accept it, "
            "make a token at https://huggingface.co/settings/tokens, then run the same command with "
            "HF_TOKEN=TOKEN."
        )
    if isinstance(error, errors.RepositoryNotFoundError):
        return DownloadRefused(
            f"Hugging Face shows no repository {repository}. Is the name right? A private one needs HF_TOKEN."
        )
    missing = (errors.RevisionNotFoundError, errors.EntryNotFoundError)
    if isinstance(error, missing) and not isinstance(error, errors.LocalEntryNotFoundError):
        return DownloadRefused(f"{repository} has no such revision or file. Look at {page}.")
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull.while_writing("HF_HOME")
    return ServerUnreachable(
        f"{repository} could not be fetched from Hugging Face ({type(error).__name__}). Check the connection "
        f"(HTTPS_PROXY), or put a folder {repository.rpartition('/')[2]} with its files into a folder that "
        "MASKWRIGHT_OFFLINE_FOLDER names."
    )
