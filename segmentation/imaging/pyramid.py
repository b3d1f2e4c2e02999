"""Large images in tiles, at levels of which each is half as large as the one before.

A pyramid is one zip, stored without compression, with a JPEG `LEVEL/COLUMN/ROW.jpg` for each tile. A tile
is `TILE_SIDE` pixels wide and high, less at the right and bottom edge; level 0 has the image's own pixels,
and the last level is one tile. The page cuts images the same way (frontend/src/geometry/tiles.ts).
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from segmentation.imaging.colour import srgb_8bit
from segmentation.imaging.opening import ImageLimits, opened_image

TILE_SIDE = 512
_QUALITY, _SUBSAMPLING = 93, 0  # as good as the original to the eye, at every zoom


def top_level(width: int, height: int) -> int:
    """The first level at which one tile holds the whole image."""
    return max(0, math.ceil(math.log2(max(width, height) / TILE_SIDE)))


def write_pyramid(rendition: Path, pyramid_path: Path) -> None:
    """Cut a rendition (upright, as browsers show it). Holds its pixels once, and a quarter of them beside.

    Raises a subclass of UnreadableImage.
    """
    with Image.open(rendition) as header:
        size = header.size
    limits = ImageLimits(max_pixels=size[0] * size[1], max_side=max(size))
    with (
        opened_image(rendition, limits) as image,
        zipfile.ZipFile(pyramid_path, "w", zipfile.ZIP_STORED) as pyramid,
    ):
        pixels = srgb_8bit(image)
        for level in range(top_level(*size) + 1):
            pixels = pixels if level == 0 else _half(pixels)
            for name, tile in _tiles_of(pixels, level):
                pyramid.writestr(name, _jpeg(tile))


def read_tile(pyramid_path: Path, *, level: int, column: int, row: int) -> bytes | None:
    """A tile's JPEG; None when the image has no such tile. Raises FileNotFoundError."""
    with zipfile.ZipFile(pyramid_path) as pyramid:
        try:
            return pyramid.read(_name(level, column, row))
        except KeyError:
            return None


def _half(pixels: Image.Image) -> Image.Image:
    """Means of 2 x 2 pixels; of an odd last row or column of what there is, so that nothing shifts."""
    return pixels.reduce(2)


def _tiles_of(pixels: Image.Image, level: int) -> Iterator[tuple[str, Image.Image]]:
    for top in range(0, pixels.height, TILE_SIDE):
        for left in range(0, pixels.width, TILE_SIDE):
            box = (left, top, min(left + TILE_SIDE, pixels.width), min(top + TILE_SIDE, pixels.height))
            yield _name(level, left // TILE_SIDE, top // TILE_SIDE), pixels.crop(box)


def _name(level: int, column: int, row: int) -> str:
    return f"{level}/{column}/{row}.jpg"


def _jpeg(tile: Image.Image) -> bytes:
    buffer = io.BytesIO()
    tile.save(buffer, format="JPEG", quality=_QUALITY, subsampling=_SUBSAMPLING)
    return buffer.getvalue()
