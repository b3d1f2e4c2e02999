"""The pixels that a segmenter sees, those that the annotator sees; and other views of deep originals."""

import numpy as np
from numpy.typing import NDArray

from annotator.images import storage
from annotator.images.errors import ImageFileMissing, ImageUnreadable, NoValueWindow
from annotator.images.models import Image
from segmentation.imaging import ImageLimits, UnreadableImage, read_rgb, window_png


def read_pixels(image: Image) -> NDArray[np.uint8]:
    """(height, width, 3) RGB of the rendition. Raises ImageFileMissing or ImageUnreadable."""
    try:
        return read_rgb(storage.blob_path(image.rendition_sha256), limits=_limits_of(image))
    except FileNotFoundError as error:
        raise ImageFileMissing(image.filename) from error
    except UnreadableImage as error:
        raise ImageUnreadable(error.message, data={"reason": error.code}) from error


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
