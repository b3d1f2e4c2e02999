"""Add and delete images: files, row and embedding request together."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.db.models import Q

from annotator.accounts.models import User
from annotator.images import storage
from annotator.images.embedding_port import embeddings
from annotator.images.models import Image
from annotator.images.naming import clean_filename
from annotator.images.receiving import ReceivedFile, receive
from annotator.images.renditions import Rendered, render
from annotator.projects.models import Project


def add_image(*, project: Project, user: User | None, filename: str, file: BinaryIO) -> tuple[Image, bool]:
    """The image made from the bytes of `file` and True, or the one that the project has of them and False.

    Asks for its embedding. Raises UploadTooLarge or ImageUnreadable, and then nothing is kept.
    """
    with storage.work_folder() as folder:
        received = receive(file, to=folder / "upload")
        if existing := _find_same(project, received.sha256):
            return existing, False
        rendered = render(received, folder=folder)
        return _store(project, user, clean_filename(filename), received, rendered)


def delete_image(image: Image) -> None:
    """Delete the image with its annotations, and its files unless another image has the same content."""
    hashes = {image.sha256, image.rendition_sha256}
    image.delete()
    transaction.on_commit(partial(remove_unused_files, hashes))


def remove_unused_files(hashes: set[str]) -> int:
    """Delete the files of these contents that no image has (any more). Answers how many contents."""
    with storage.files_may_vanish():
        used = Image.objects.filter(Q(sha256__in=hashes) | Q(rendition_sha256__in=hashes))
        pairs = used.values_list("sha256", "rendition_sha256")
        unused = hashes - {sha256 for pair in pairs for sha256 in pair}
        storage.remove(unused)
    return len(unused)


def _store(
    project: Project, user: User | None, filename: str, received: ReceivedFile, rendered: Rendered
) -> tuple[Image, bool]:
    row = Image(
        project=project,
        filename=filename,
        sha256=received.sha256,
        bytes=received.bytes,
        rendition_sha256=rendered.sha256,
        media_type=rendered.media_type,
        width=rendered.width,
        height=rendered.height,
        value_low=rendered.values[0] if rendered.values else None,
        value_high=rendered.values[1] if rendered.values else None,
        added_by=user,
    )
    with storage.files_must_stay():
        _keep_files(_moves(received, rendered))
        try:
            with transaction.atomic():
                row.save(force_insert=True)
                embeddings().request_for(row, user=user)
        except IntegrityError:
            # Somebody uploaded the same bytes at the same moment and was faster.
            existing = _find_same(project, received.sha256)
            if existing is None:
                raise
            return existing, False
    return row, True


def _moves(received: ReceivedFile, rendered: Rendered) -> Sequence[tuple[Path, Path]]:
    moves = [(rendered.thumbnail, storage.thumbnail_path(rendered.sha256))]
    if rendered.sha256 != received.sha256:
        moves.append((rendered.path, storage.blob_path(rendered.sha256)))
    if rendered.pyramid:
        moves.append((rendered.pyramid, storage.pyramid_path(rendered.sha256)))
    return [*moves, (received.path, storage.blob_path(received.sha256))]


def _keep_files(moves: Sequence[tuple[Path, Path]]) -> None:
    for source, target in moves:
        storage.keep(source, target)


def _find_same(project: Project, sha256: str) -> Image | None:
    return Image.objects.filter(project=project, sha256=sha256).select_related("project").first()
