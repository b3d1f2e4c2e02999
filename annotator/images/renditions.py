"""From an upload on disk to what is shown: rendition and thumbnail as files of a work folder."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from annotator.images.errors import ImageUnreadable
from annotator.images.receiving import ReceivedFile
from segmentation.imaging import ImageLimits, UnreadableImage, open_rendition


@dataclass(frozen=True)
class Rendered:
    """A rendition; `path` is the upload itself when that is shown as it is."""

    path: Path
    sha256: str  # hex, of the rendition's bytes
    media_type: str
    width: int  # pixels, as shown
    height: int
    thumbnail: Path


def render(received: ReceivedFile, *, folder: Path) -> Rendered:
    """Decode the upload once. Raises ImageUnreadable with a sentence for whoever uploaded it."""
    png_path = folder / "rendition.png"
    try:
        rendition = open_rendition(received.path, png_path=png_path, limits=image_limits())
    except UnreadableImage as error:
        raise ImageUnreadable(error.message, data={"reason": error.code}) from error
    thumbnail = folder / "thumbnail.jpg"
    thumbnail.write_bytes(rendition.thumbnail)
    return Rendered(
        path=received.path if rendition.is_original else png_path,
        sha256=received.sha256 if rendition.is_original else _sha256_of(png_path),
        media_type=rendition.media_type,
        width=rendition.width,
        height=rendition.height,
        thumbnail=thumbnail,
    )


def image_limits() -> ImageLimits:
    return ImageLimits(max_pixels=settings.MAX_IMAGE_PIXELS)


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
