"""The segmenters of this installation, as the web process sees them: manifests and names, no network."""

from dataclasses import dataclass

from django.conf import settings

from annotator.segmenters.errors import (
    SegmenterNotExported,
    SegmenterNotFound,
    SegmenterUnavailable,
    SegmenterUnknown,
)
from segmentation.checkpoints.errors import RecordUnreadable
from segmentation.checkpoints.installed import InstalledSegmenter, find_installed, list_installed
from segmentation.embeddings.sizes import wire_bytes
from segmentation.registry import UnknownSegmenter, get_spec, known_segmenters, read_manifest_once
from segmentation.segmenters.base import SegmenterSpec
from segmentation.segmenters.manifest import Manifest, ManifestUnreadable


@dataclass(frozen=True)
class SegmenterSummary:
    """What people choose by. None: not known (yet)."""

    name: str
    family: str
    title: str
    variant: str | None
    parameters: int | None
    input_size: int | None  # pixels, longest side
    embedding_bytes: int | None  # of a square image, on the wire
    licence: str | None
    exported: bool  # projects can have it


def get_segmenter_spec(name: str) -> SegmenterSpec:
    """Raises SegmenterNotFound."""
    try:
        return get_spec(name)
    except UnknownSegmenter as error:
        raise SegmenterNotFound(error.message) from error


def get_manifest(name: str) -> Manifest:
    """The manifest that is installed now. Raises SegmenterNotFound or SegmenterUnavailable."""
    try:
        return read_manifest_once(get_segmenter_spec(name).manifest_path)
    except ManifestUnreadable as error:
        raise SegmenterUnavailable(
            f'The segmenter "{name}" is not completely installed: its manifest cannot be read. '
            "Install it again, or choose another segmenter for the project."
        ) from error


def check_usable(name: str) -> None:
    """Raises SegmenterUnknown, SegmenterNotExported or SegmenterUnavailable where no project can have it."""
    known = known_segmenters()
    if name in known:
        get_manifest(name)
    elif find_installed(settings.SEGMENTERS_DIR, name):
        raise SegmenterNotExported(name)
    else:
        raise SegmenterUnknown(name, known=known)


def list_segmenters() -> list[SegmenterSummary]:
    """All that can be used, then all that is installed but not exported, each by name."""
    usable = known_segmenters()
    installed = {found.name: found for found in list_installed(settings.SEGMENTERS_DIR)}
    summaries = [_summary(name, installed.get(name)) for name in usable]
    waiting = [_unexported(found) for name, found in installed.items() if name not in usable]
    return [summary for summary in (*summaries, *waiting) if summary is not None]


def _summary(name: str, installed: InstalledSegmenter | None) -> SegmenterSummary | None:
    try:
        spec, manifest = get_segmenter_spec(name), get_manifest(name)
    except (SegmenterNotFound, SegmenterUnavailable):
        return None  # it was removed a moment ago, or is damaged
    return SegmenterSummary(
        name=name,
        family=spec.family,
        title=_title(installed) or name,
        variant=manifest.raw.get("variant"),
        parameters=manifest.raw.get("parameters"),
        input_size=manifest.input.picture_side,
        embedding_bytes=wire_bytes(manifest, spec.codec),
        licence=manifest.raw.get("licence"),
        exported=True,
    )


def _title(installed: InstalledSegmenter | None) -> str | None:
    try:
        return installed.read_record().title if installed else None
    except RecordUnreadable:
        return None


def _unexported(installed: InstalledSegmenter) -> SegmenterSummary | None:
    try:
        record = installed.read_record()
    except RecordUnreadable:
        return None
    return SegmenterSummary(
        name=record.name,
        family=record.family,
        title=record.title,
        variant=record.variant,
        parameters=record.parameters,
        input_size=record.input_size,
        embedding_bytes=None,
        licence=record.licence,
        exported=False,
    )
