"""Small pictures drawn by the tests, as files."""

import io
from typing import Any

import numpy as np
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(
    seed: int = 0, *, format_name: str = "PNG", size_wh: tuple[int, int] = (40, 30), **options: Any
) -> bytes:
    """A file of coloured noise; each seed gives another content."""
    pixels = np.random.default_rng(seed).integers(0, 256, (size_wh[1], size_wh[0], 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, format_name, **options)
    return buffer.getvalue()


def turned_jpeg(seed: int = 0) -> bytes:
    """40 x 30 as stored, 30 x 40 as shown: EXIF says that it lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return picture(seed, format_name="JPEG", exif=exif)


def upload(data: bytes, name: str = "picture.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)
