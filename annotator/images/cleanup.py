"""The files of a project that is deleted."""

from collections.abc import Callable
from functools import partial

from annotator.images.actions import remove_unused_files
from annotator.images.models import Image
from annotator.projects.models import Project

HASHES_AT_ONCE = 500  # databases limit the parameters of one query


def prepare_file_cleanup(project: Project) -> Callable[[], None]:
    """Note the files of the project's images; the returned function deletes those that no image has left."""
    pairs = Image.objects.filter(project=project).values_list("sha256", "rendition_sha256")
    return partial(_remove_in_portions, sorted({sha256 for pair in pairs for sha256 in pair}))


def _remove_in_portions(hashes: list[str]) -> None:
    for start in range(0, len(hashes), HASHES_AT_ONCE):
        remove_unused_files(set(hashes[start : start + HASHES_AT_ONCE]))
