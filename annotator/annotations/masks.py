"""The check that every mask from outside passes."""

from annotator.annotations.errors import InvalidMask
from annotator.images.models import Image
from segmentation.masks import InvalidRle, Rle, parse_rle


def check_rle(value: object, image: Image) -> Rle:
    """The mask of `{"size": [h, w], "counts"}` in canonical runs; InvalidMask if it does not fit."""
    try:
        return parse_rle(value, expected_hw=(image.height, image.width)).canonical()
    except InvalidRle as error:
        raise InvalidMask(error.message, data={"reason": error.code}) from error
