"""Thumbnails for the image grid."""

from __future__ import annotations

import io

from PIL import Image

THUMBNAIL_SIDE = 320
_QUALITY = 82


def thumbnail_jpeg(image: Image.Image) -> bytes:
    """JPEG of an upright sRGB image, longest side at most THUMBNAIL_SIDE, never enlarged.

    `reducing_gap` shrinks by whole factors first: an image of 100 megapixels takes milliseconds.
    """
    scale = min(1.0, THUMBNAIL_SIDE / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    smooth = image if image.mode in ("RGB", "L") else image.convert("RGB")
    small = smooth.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    buffer = io.BytesIO()
    small.save(buffer, format="JPEG", quality=_QUALITY, optimize=True)
    return buffer.getvalue()
