"""Bring checkpoints in, and take segmenters away. For the operator: the web process does neither."""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from annotator.projects.actions import change_project
from annotator.projects.models import Project
from annotator.segmenters.errors import SegmenterBundled, SegmenterInUse
from segmentation.checkpoints import installing
from segmentation.checkpoints.catalogue import PublishedCheckpoint, catalogue, get_checkpoint
from segmentation.checkpoints.downloading import OnBytes
from segmentation.checkpoints.errors import AlreadyInstalled, NothingToAdd
from segmentation.checkpoints.hashing import WEIGHTS, sha256_of_file
from segmentation.checkpoints.hub import HUB_ID, fetch_from_hub
from segmentation.checkpoints.installed import InstalledRecord, get_installed
from segmentation.checkpoints.pulling import PulledFiles, files_of, pull
from segmentation.registry import known_segmenters
from segmentation.segmenters.families import get_family


def pull_segmenter(name: str, *, on_bytes: OnBytes) -> InstalledRecord:
    """Download a published checkpoint and install it. Raises what `pull` and `install` raise."""
    published = get_checkpoint(name)
    installing.check_is_free(settings.SEGMENTERS_DIR, name)
    installing.remove_leftovers(settings.SEGMENTERS_DIR)
    pulled = pull(published, settings.SEGMENTERS_DIR, on_bytes=on_bytes)
    record = installing.install(
        settings.SEGMENTERS_DIR,
        name,
        files=pulled.paths,
        family=published.family,
        title=published.title,
        origin=pulled.origin,
        licence=published.licence,
        may_link=pulled.may_link,
    )
    if pulled.scratch:
        shutil.rmtree(pulled.scratch, ignore_errors=True)
    return record


def add_segmenter(source: str, *, family: str, name: str | None) -> InstalledRecord:
    """Install a file, a Hugging Face folder or a Hugging Face id. Raises like `pull_segmenter`."""
    get_family(family)
    if name is not None:
        _check_is_new(name)
    installing.remove_leftovers(settings.SEGMENTERS_DIR)
    found = _find(source)
    published = _find_published(found.paths)
    if name is None:
        name = published.name if published else _name_of(source)
        _check_is_new(name)
    return installing.install(
        settings.SEGMENTERS_DIR,
        name,
        files=found.paths,
        family=family,
        title=published.title if published else None,
        origin=found.origin,
        may_link=found.may_link,
    )


def _check_is_new(name: str) -> None:
    if name in known_segmenters():
        raise AlreadyInstalled(f'A segmenter "{name}" is there already. Give this one another: --name NAME.')
    installing.check_is_free(settings.SEGMENTERS_DIR, name)


def _find_published(paths: Sequence[Path]) -> PublishedCheckpoint | None:
    """The entry of the catalogue whose very bytes these are."""
    candidates = [
        published
        for published in catalogue().values()
        if len(paths) == 1 and published.sha256 and published.file_name == paths[0].name
    ]
    sha256 = sha256_of_file(paths[0]) if candidates else None
    return next((published for published in candidates if published.sha256 == sha256), None)


def _name_of(source: str) -> str:
    file_name = Path(source.partition("@")[0]).name
    stem = file_name.removesuffix(Path(file_name).suffix) if file_name.endswith(WEIGHTS) else file_name
    return re.sub(r"[^a-z0-9.-]+", "-", stem.lower()).strip(".-")[:64].rstrip(".-")


def remove_segmenter(name: str, *, force: bool) -> list[Project]:
    """Delete an installed segmenter. Raises SegmenterBundled, NotInstalled, or SegmenterInUse unless `force`.

    With `force` the projects that have it get the default one, which they are answered with.
    """
    if name == settings.DEFAULT_SEGMENTER:
        raise SegmenterBundled(name)
    segmenter = get_installed(settings.SEGMENTERS_DIR, name)
    users = list(Project.objects.filter(segmenter=name).order_by("pk"))
    if users and not force:
        raise SegmenterInUse(name, users)
    for project in users:
        change_project(project, segmenter=settings.DEFAULT_SEGMENTER, user=None)
    installing.uninstall(segmenter)
    return users


def _find(source: str) -> PulledFiles:
    path = Path(source).expanduser()
    if path.is_file():
        return PulledFiles([path], path.name)
    if path.is_dir():
        return PulledFiles(files_of(path), path.name)
    if HUB_ID.fullmatch(source) and not source.startswith((".", "/", "~")) and path.suffix not in WEIGHTS:
        found = fetch_from_hub(source)
        return PulledFiles(list(found.paths), found.origin, may_link=True)
    raise NothingToAdd(
        f'There is no file or folder "{source}", and it is no Hugging Face id (owner/name). '
        "Check the spelling."
    )
