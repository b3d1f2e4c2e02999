"""Opening a file that anybody may have sent: allowed formats, bounded size, errors that help.

Pillow is asked for six formats only. One image is decoded at a time in a process: that bounds
memory, and it makes it safe to silence Pillow's warnings, whose filters belong to the whole process.
"""

from __future__ import annotations

import io
import logging
import struct
import threading
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from segmentation.imaging.errors import (
    EmptyFile,
    ImageTooLarge,
    ImageWithoutPixels,
    NotAnImage,
    TruncatedImage,
    UnreadableImage,
    UnsupportedFormat,
    UnsupportedVariant,
)
from segmentation.imaging.libtiff_messages import silence_libtiff
from segmentation.imaging.sniffing import (
    HEAD_BYTES,
    allowed_format_name,
    other_file_name,
    unsupported_picture_name,
)

# Pillow's names. What it calls MPO, a JPEG with further pictures behind it, is opened as JPEG too.
ALLOWED_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")

# What Pillow's decoders are known to raise on damaged files.
_DECODING_ERRORS = (
    OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError, EOFError,
    RuntimeError, MemoryError, AssertionError, struct.error, zlib.error,
)  # fmt: skip

_one_at_a_time = threading.RLock()

# Pillow logs some damage as an error before it raises it, and we tell the annotator.
logging.getLogger("PIL").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class ImageLimits:
    """The most that is decoded. 32,767 is the longest side that browsers draw on a canvas."""

    max_pixels: int = 150_000_000
    max_side: int = 32_767


@contextmanager
def opened_image(source: Path | bytes, limits: ImageLimits) -> Iterator[Image.Image]:
    """First frame of an image, checked against `limits` but not decoded yet.

    Decode it inside the block: what Pillow raises there becomes a subclass of UnreadableImage.
    """
    with _one_at_a_time, warnings.catch_warnings(), _stream(source) as stream:
        warnings.simplefilter("ignore")
        silence_libtiff()
        head = stream.read(HEAD_BYTES)
        stream.seek(0)
        try:
            with _identified(stream, limits) as image:
                yield image
        except UnreadableImage:
            raise
        except Image.DecompressionBombError as error:
            raise ImageTooLarge(None, max_pixels=limits.max_pixels, max_side=limits.max_side) from error
        except _DECODING_ERRORS as error:
            raise _explained(error, head) from error


@contextmanager
def _identified(stream: BinaryIO, limits: ImageLimits) -> Iterator[Image.Image]:
    # Pillow's guard stays on for what it allocates on the side; ours below is the stricter one.
    Image.MAX_IMAGE_PIXELS = limits.max_pixels
    with Image.open(stream, formats=ALLOWED_FORMATS) as image:
        _check_size(image, limits)
        yield image


def _check_size(image: Image.Image, limits: ImageLimits) -> None:
    width, height = image.size
    if width < 1 or height < 1:
        raise ImageWithoutPixels
    if width * height > limits.max_pixels or max(width, height) > limits.max_side:
        raise ImageTooLarge(image.size, max_pixels=limits.max_pixels, max_side=limits.max_side)


def _explained(error: BaseException, head: bytes) -> UnreadableImage:
    if not head:
        return EmptyFile()
    format_name, unidentified = allowed_format_name(head), isinstance(error, UnidentifiedImageError)
    picture = unsupported_picture_name(head)
    if picture and (unidentified or format_name is None):
        return UnsupportedFormat(picture)
    if format_name is None:
        return NotAnImage(other_file_name(head))
    if not unidentified and ("truncated" in str(error) or isinstance(error, EOFError)):
        return TruncatedImage(format_name)
    return UnsupportedVariant(format_name)


@contextmanager
def _stream(source: Path | bytes) -> Iterator[BinaryIO]:
    if isinstance(source, bytes):
        yield io.BytesIO(source)
        return
    with source.open("rb") as file:
        yield file
