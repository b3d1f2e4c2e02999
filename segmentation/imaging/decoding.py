"""Decoding the pixels: damage in them is an error, damage behind them is not."""

from __future__ import annotations

from PIL import Image, ImageFile

_PIXEL_DAMAGE = "when reading image file"  # how Pillow ends the message of a decoder that gave up


def decode_pixels(image: Image.Image) -> None:
    """`image.load()`, but a PNG whose pixels are whole is accepted whatever follows them.

    Pillow reads what stands behind the pixels of a PNG (text, further frames, the end mark) while
    it decodes, and raises for damage there as well; called again, it then finds the pixels done.
    """
    try:
        image.load()
    except (OSError, SyntaxError) as error:
        unfinished = isinstance(image, ImageFile.ImageFile) and image.tile
        if image.format != "PNG" or unfinished or _PIXEL_DAMAGE in str(error):
            raise
        image.load()
