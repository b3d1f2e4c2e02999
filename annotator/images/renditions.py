"""From an upload on disk to what is shown: rendition, thumbnail and tiles as files of a work folder."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from annotator.images.errors import ImageUnreadable
from annotator.images.receiving import ReceivedFile
from segmentation.imaging import ImageLimits, UnreadableImage, open_rendition, write_pyramid

# More than a camera's usual picture. A browser needs four bytes a pixel for an image as a whole.
TILED_FROM_PIXELS = 25_000_000


@dataclass(frozen=True)
class Rendered:
    """A rendition; `path` is the upload itself when that is shown as it is."""

    path: Path
    sha256: str  # hex, of the rendition's bytes
    media_type: str
    width: int  # pixels, as shown
    height: int
    thumbnail: Path
    pyramid: Path | None  # of a large image
    values: tuple[float, float] | None  # of an original of numbers: those shown black and white


def render(received: ReceivedFile, *, folder: Path) -> Rendered:
    """Decode the upload once. Raises ImageUnreadable with a sentence for whoever uploaded it."""
    png_path = folder / "rendition.png"
    try:
        rendition = open_rendition(received.path, png_path=png_path, limits=image_limits())
    except UnreadableImage as error:
        raise ImageUnreadable(error.message, data={"reason": error.code}) from error
    thumbnail = folder / "thumbnail.jpg"
    thumbnail.write_bytes(rendition.thumbnail)
    path = received.path if rendition.is_original else png_path
    return Rendered(
        path=path,
        sha256=received.sha256 if rendition.is_original else _sha256_of(png_path),
        media_type=rendition.media_type,
        width=rendition.width,
        height=rendition.height,
        thumbnail=thumbnail,
        pyramid=cut(path, folder=folder) if is_tiled(rendition.width, rendition.height) else None,
        values=rendition.values,
    )


def is_tiled(width: int, height: int) -> bool:
    """Whether an image of this size is served in tiles."""
    return width * height >= TILED_FROM_PIXELS


def cut(rendition: Path, *, folder: Path) -> Path:
    """The tiles of a rendition, as a file of `folder`. Raises a subclass of UnreadableImage."""
    pyramid = folder / "pyramid.zip"
    write_pyramid(rendition, pyramid, limits=image_limits())
    return pyramid


def image_limits() -> ImageLimits:
    return ImageLimits(max_pixels=settings.MAX_IMAGE_PIXELS)


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
