"""Work through an image in bands of rows: an image of 100 megapixels must not exist three times."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image

from segmentation.imaging.profiles import Conversion

ROWS = 256


def bands_of(image: Image.Image) -> Iterator[tuple[int, Image.Image]]:
    """Bands of at most ROWS rows, each with its first row."""
    for top in range(0, image.height, ROWS):
        yield top, image.crop((0, top, image.width, min(top + ROWS, image.height)))


def converted(image: Image.Image, conversion: Conversion) -> Image.Image:
    """New RGB image, made band by band. `conversion` keeps the size."""
    result = Image.new("RGB", image.size)
    for top, band in bands_of(image):
        result.paste(conversion(band), (0, top))
    return result
