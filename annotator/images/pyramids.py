"""The tiles of large images: served, and made for those that were uploaded before there were any."""

from django.db.models import F

from annotator.images import storage
from annotator.images.models import Image
from annotator.images.renditions import TILED_FROM_PIXELS, cut
from segmentation.imaging import UnreadableImage, read_tile


def find_tile(image: Image, *, level: int, column: int, row: int) -> bytes | None:
    """JPEG; None when the image has no such tile, or none at all."""
    try:
        return read_tile(storage.pyramid_path(image.rendition_sha256), level=level, column=column, row=row)
    except FileNotFoundError:
        return None


def make_missing_pyramids() -> int:
    """Cut the large images that have no tiles. Answers how many were."""
    large = Image.objects.annotate(pixels=F("width") * F("height")).filter(pixels__gte=TILED_FROM_PIXELS)
    hashes = set(large.values_list("rendition_sha256", flat=True))
    return sum(_make(sha256) for sha256 in hashes if not storage.pyramid_path(sha256).exists())


def _make(sha256: str) -> bool:
    with storage.work_folder() as folder, storage.files_must_stay():
        try:
            storage.keep(cut(storage.blob_path(sha256), folder=folder), storage.pyramid_path(sha256))
        except (FileNotFoundError, UnreadableImage):
            return False  # gone, or damaged on disk: whoever opens the image is told
    return True
