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

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from segmentation.imaging.colour import srgb_8bit
from segmentation.imaging.opening import ImageLimits, opened_image

TILE_SIDE = 512
_TILE_LIMITS = ImageLimits(max_pixels=TILE_SIDE**2, max_side=TILE_SIDE)
_QUALITY, _SUBSAMPLING = 93, 0  # as good as the original to the eye, at every zoom


def top_level(width: int, height: int) -> int:
    """The first level at which one tile holds the whole image."""
    return max(0, math.ceil(math.log2(max(width, height) / TILE_SIDE)))


def write_pyramid(rendition: Path, pyramid_path: Path, *, limits: ImageLimits) -> None:
    """Cut a rendition (upright, as browsers show it). Holds its pixels once, and a quarter of them beside.

    Raises a subclass of UnreadableImage.
    """
    with (
        opened_image(rendition, limits) as image,
        zipfile.ZipFile(pyramid_path, "w", zipfile.ZIP_STORED) as pyramid,
    ):
        pixels = srgb_8bit(image)
        for level in range(top_level(*image.size) + 1):
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


def read_box(
    pyramid_path: Path, box_xyxy: tuple[int, int, int, int], *, least_side: int
) -> NDArray[np.uint8]:
    """(h, w, 3) RGB of a box of the image, in pixels of level 0, whose longest side is at least 1 pixel.

    Read at the coarsest level that gives the longest side `least_side` pixels. Raises FileNotFoundError, or a
    subclass of UnreadableImage.
    """
    x0, y0, x1, y1 = box_xyxy
    level = max(0, math.floor(math.log2(max(x1 - x0, y1 - y0) / least_side)))
    left, top, right, bottom = (x0 >> level, y0 >> level, -(-x1 >> level), -(-y1 >> level))
    result = Image.new("RGB", (right - left, bottom - top))
    with zipfile.ZipFile(pyramid_path) as pyramid:
        for row in range(top // TILE_SIDE, (bottom - 1) // TILE_SIDE + 1):
            for column in range(left // TILE_SIDE, (right - 1) // TILE_SIDE + 1):
                with opened_image(pyramid.read(_name(level, column, row)), _TILE_LIMITS) as tile:
                    result.paste(tile, (column * TILE_SIDE - left, row * TILE_SIDE - top))
    return np.asarray(result)


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
