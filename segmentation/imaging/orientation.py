"""EXIF orientation: how the stored pixels have to be turned to stand upright."""

from __future__ import annotations

import struct

from PIL import ExifTags, Image

from segmentation.imaging.decoding import decode_pixels

UPRIGHT = 1

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def orientation_of(image: Image.Image) -> int:
    """1 to 8; 1 where there is none, or none that makes sense. XMP is ignored, as browsers do."""
    image.info.pop("xmp", None)
    image.info.pop("XML:com.adobe.xmp", None)
    image.info.pop("Raw profile type xmp", None)
    if image.format == "PNG":
        # Pillow decodes it to find the EXIF at its end; damaged pixels must not pass for damaged EXIF.
        decode_pixels(image)
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation, UPRIGHT)
    except (OSError, SyntaxError, ValueError, LookupError, TypeError, AttributeError, struct.error):
        return UPRIGHT
    return orientation if orientation in _TURNS else UPRIGHT


def turned_upright(image: Image.Image, orientation: int) -> Image.Image:
    return image if orientation == UPRIGHT else image.transpose(_TURNS[orientation])
