"""The pixels that a segmenter sees, those that the annotator sees; and other views of deep originals."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotator.images import storage
from annotator.images.errors import ImageFileMissing, ImageUnreadable, NoValueWindow
from annotator.images.models import Image
from segmentation.imaging import ImageLimits, UnreadableImage, read_box, read_rgb, window_png

ENCODERS_SIDE = 1024  # pixels; the longest side that they shrink images to


def read_pixels(image: Image) -> NDArray[np.uint8]:
    """(height, width, 3) RGB of the rendition. Raises ImageFileMissing or ImageUnreadable."""
    try:
        return read_rgb(storage.blob_path(image.rendition_sha256), limits=_limits_of(image))
    except FileNotFoundError as error:
        raise ImageFileMissing(image.filename) from error
    except UnreadableImage as error:
        raise ImageUnreadable(error.message, data={"reason": error.code}) from error


@dataclass(frozen=True)
class Region:
    """A part of an image as shown, in whole pixels."""

    x: int
    y: int
    width: int
    height: int


def read_region(image: Image, region: Region) -> NDArray[np.uint8]:
    """(h, w, 3) RGB of a part of the rendition; of a large one from its tiles, no finer than encoders look.

    Raises like `read_pixels`.
    """
    box = (region.x, region.y, region.x + region.width, region.y + region.height)
    try:
        return read_box(storage.pyramid_path(image.rendition_sha256), box, least_side=ENCODERS_SIDE)
    except FileNotFoundError:
        return read_pixels(image)[box[1] : box[3], box[0] : box[2]]


def render_window(image: Image, *, low: float, high: float) -> bytes:
    """PNG of an original of numbers, `low` shown black and `high` white. Raises NoValueWindow or as above."""
    if image.value_low is None or low >= high:
        raise NoValueWindow
    try:
        png = window_png(storage.blob_path(image.sha256), low, high, limits=_limits_of(image))
    except FileNotFoundError as error:
        raise ImageFileMissing(image.filename) from error
    except UnreadableImage as error:
        raise ImageUnreadable(error.message, data={"reason": error.code}) from error
    if png is None:
        raise NoValueWindow
    return png


def _limits_of(image: Image) -> ImageLimits:
    """It was accepted once: a limit that was lowered since must not make it unusable."""
    return ImageLimits(max_pixels=image.width * image.height, max_side=max(image.width, image.height))
