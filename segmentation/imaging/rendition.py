"""The rendition of an upload: what is shown, encoded and exported (ARCHITECTURE.md, Images)."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile

from segmentation.imaging.bands import bands_of
from segmentation.imaging.colour import (
    grey_8bit,
    has_alpha,
    has_foreign_colours,
    is_measured,
    srgb_8bit,
    value_range,
)
from segmentation.imaging.decoding import decode_pixels
from segmentation.imaging.opening import ImageLimits, opened_image
from segmentation.imaging.orientation import UPRIGHT, orientation_of, turned_upright
from segmentation.imaging.thumbnails import THUMBNAIL_SIDE, thumbnail_jpeg

DEFAULT_LIMITS = ImageLimits()

_SHOWN_BY_BROWSERS = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_SHOWN_MODES = frozenset({"RGB", "L", "P", "1"})
_FAST_COMPRESSION = 1  # of zlib: a tenth of the time of the default for a few per cent more bytes


@dataclass(frozen=True)
class Rendition:
    """Facts about the rendition; `is_original` if it is the upload itself, else it is the new PNG."""

    width: int
    height: int
    media_type: str  # image/jpeg, image/png or image/webp
    is_original: bool
    thumbnail: bytes  # JPEG, longest side at most THUMBNAIL_SIDE
    values: tuple[float, float] | None = None  # of an original of numbers: those shown black and white


def open_rendition(
    source: Path | bytes, *, png_path: Path, limits: ImageLimits = DEFAULT_LIMITS
) -> Rendition:
    """Decode an upload once, whole. Unless it can be shown as it is, write the rendition to `png_path`.

    Raises a subclass of UnreadableImage; a half-written `png_path` is then removed.
    """
    with opened_image(source, limits) as image:
        if _is_shown_as_it_is(image):
            return _original(image)
        pixels = _upright_srgb(image)
        values = value_range(image) if is_measured(image) else None
    try:
        pixels.save(png_path, format="PNG", compress_level=_FAST_COMPRESSION)
    except BaseException:
        png_path.unlink(missing_ok=True)
        raise
    thumbnail = thumbnail_jpeg(pixels)
    return Rendition(
        pixels.width, pixels.height, "image/png", is_original=False, thumbnail=thumbnail, values=values
    )


def window_png(
    source: Path, low: float, high: float, *, limits: ImageLimits = DEFAULT_LIMITS
) -> bytes | None:
    """An original of numbers as a PNG in which the value `low` is black and `high` white; None of any other.

    Raises a subclass of UnreadableImage.
    """
    with opened_image(source, limits) as image:
        if not is_measured(image):
            return None
        pixels = turned_upright(grey_8bit(image, low, high), orientation_of(image)).convert("L")
        buffer = io.BytesIO()
        pixels.info.clear()
        pixels.save(buffer, format="PNG", compress_level=_FAST_COMPRESSION)
        return buffer.getvalue()


def read_rgb(source: Path | bytes, *, limits: ImageLimits = DEFAULT_LIMITS) -> NDArray[np.uint8]:
    """Pixels (H, W, 3) RGB of any accepted image as shown: for a rendition, what the browser paints.

    Raises a subclass of UnreadableImage.
    """
    with opened_image(source, limits) as image:
        pixels = _upright_srgb(image)
        rgb = np.empty((pixels.height, pixels.width, 3), np.uint8)
        for top, band in bands_of(pixels):  # Pillow's own way to an array holds it three times
            rgb[top : top + band.height] = np.asarray(band)
        return rgb


def _upright_srgb(image: Image.Image) -> Image.Image:
    pixels = srgb_8bit(image)
    # Asked after decoding: Pillow turns TIFFs itself while it decodes them, and then says so.
    upright = turned_upright(pixels, orientation_of(image))
    # What Pillow would write into the PNG: a colour profile with the time in it, a stale gamma.
    upright.info.clear()
    return upright


def _is_shown_as_it_is(image: Image.Image) -> bool:
    """Whether a browser paints the very pixels that `_upright_srgb` gives."""
    return (
        image.format in _SHOWN_BY_BROWSERS
        and image.mode in _SHOWN_MODES
        and (image.format == "MPO" or getattr(image, "n_frames", 1) == 1)
        and not _is_deep(image)
        and not has_alpha(image)
        and not has_foreign_colours(image)
        and orientation_of(image) == UPRIGHT
    )


def _is_deep(image: Image.Image) -> bool:
    """16 bits a channel, which Pillow reads as 8. To be asked before the image is decoded."""
    tiles = image.tile if isinstance(image, ImageFile.ImageFile) else []
    return image.format == "PNG" and any("16" in str(tile.args) for tile in tiles)


def _original(image: Image.Image) -> Rendition:
    media_type = _SHOWN_BY_BROWSERS[image.format or ""]
    width, height = image.size
    # JPEG decodes at a fraction of its size: everything is read, so damage shows, in little memory.
    image.draft(None, (2 * THUMBNAIL_SIDE, 2 * THUMBNAIL_SIDE))
    decode_pixels(image)
    return Rendition(width, height, media_type, is_original=True, thumbnail=thumbnail_jpeg(image))
