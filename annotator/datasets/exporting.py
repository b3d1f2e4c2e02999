"""The worker's side of an export: rows -> COCO file and images -> zip or folder."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.urls import reverse

from annotator.datasets.errors import ExportNotWritten, ImageGone
from annotator.datasets.formats.coco import coco_chunks
from annotator.datasets.selectors import (
    ExportedImage,
    annotations_of,
    categories_of,
    count_annotations,
    images_of,
)
from annotator.datasets.sinks import FolderSink, Sink, zip_sink
from annotator.images import storage
from annotator.jobs.runs import JobRun
from annotator.projects.models import Project

COCO_FILE = "annotations.json"
IMAGE_FOLDER = "images"

_Item = TypeVar("_Item")


def export_path(job_id: int) -> Path:
    """Where the zip file of an export job is (or will be)."""
    return exports_folder() / f"{job_id}.zip"


def exports_folder() -> Path:
    folder: Path = settings.DATA_DIR / "exports"
    return folder


def export_coco(run: JobRun) -> dict[str, Any]:
    """Job `export_coco` {out?}: into the folder `out` of this machine, else into a zip file to download."""
    try:
        with _sink(run) as sink:
            write_coco(run.job.project, sink, run)
    except OSError as error:
        raise ExportNotWritten(error.strerror or str(error)) from error
    if "out" in run.params:
        return {}
    return {"url": reverse("export-download", args=[run.job.pk])}


def write_coco(project: Project, sink: Sink, run: JobRun) -> None:
    """The whole data set of a project: `annotations.json`, then `images/`. Raises ImageGone."""
    images = list(images_of(project))
    categories = categories_of(project)
    progress = _Progress(run, total=len(images) + count_annotations(project))
    annotations = annotations_of(
        project,
        image_ids={image.coco.id for image in images},
        category_ids={category.id for category in categories},
    )
    chunks = coco_chunks(
        project_name=project.name,
        categories=categories,
        images=(image.coco for image in images),
        annotations=progress.over(annotations, "Writing annotations"),
    )
    sink.write_text(COCO_FILE, chunks)
    for image in progress.over(images, "Copying images"):
        _copy_image(sink, image)


def _copy_image(sink: Sink, image: ExportedImage) -> None:
    try:
        sink.copy_image(f"{IMAGE_FOLDER}/{image.coco.file_name}", storage.blob_path(image.rendition_sha256))
    except FileNotFoundError as error:
        raise ImageGone(image.coco.file_name) from error


@contextmanager
def _sink(run: JobRun) -> Iterator[Sink]:
    if "out" in run.params:
        yield FolderSink(Path(run.params["out"]))
        return
    with zip_sink(export_path(run.job.pk)) as sink:
        yield sink


class _Progress:
    """Counts what passes by, over several loops."""

    def __init__(self, run: JobRun, *, total: int) -> None:
        self._run = run
        self._total = total
        self._done = 0

    def over(self, items: Iterable[_Item], message: str) -> Iterator[_Item]:
        for item in items:
            yield item
            self._done += 1
            # Annotations that were added after the count must not make the bar run over.
            self._run.report(done=min(self._done, self._total), total=self._total, message=message)
