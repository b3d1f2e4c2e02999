"""The pixels that a segmenter sees: those that the annotator sees."""

import numpy as np
from numpy.typing import NDArray

from annotator.images import storage
from annotator.images.errors import ImageFileMissing, ImageUnreadable
from annotator.images.models import Image
from segmentation.imaging import ImageLimits, UnreadableImage, read_rgb


def read_pixels(image: Image) -> NDArray[np.uint8]:
    """(height, width, 3) RGB of the rendition. Raises ImageFileMissing or ImageUnreadable."""
    # It was accepted once: a limit that was lowered since must not make it unusable.
    limits = ImageLimits(max_pixels=image.width * image.height, max_side=max(image.width, image.height))
    try:
        return read_rgb(storage.blob_path(image.rendition_sha256), limits=limits)
    except FileNotFoundError as error:
        raise ImageFileMissing(image.filename) from error
    except UnreadableImage as error:
        raise ImageUnreadable(error.message, data={"reason": error.code}) from error
