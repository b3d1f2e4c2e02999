"""ICC colour profiles: whether they say something else than sRGB, and conversion to sRGB."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

Conversion = Callable[[Image.Image], Image.Image]

PROFILED_MODES = frozenset({"RGB", "RGBA", "L", "CMYK", "LAB"})

_SPACES = {"RGB": "RGB ", "RGBA": "RGB ", "L": "GRAY", "CMYK": "CMYK", "LAB": "Lab "}
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
_TOLERANCE = 2  # of 255: a profile that moves no colour further is sRGB


def profile_conversion(profile_data: bytes | None, mode: str) -> Conversion | None:
    """Conversion of images of `mode` to sRGB (RGB, or RGBA where `mode` is) by an embedded profile.

    None where the profile is damaged or speaks of other colours: browsers ignore it then, too.
    Without a profile None, but for LAB, which has one meaning.
    """
    if mode not in _SPACES:
        return None
    if profile_data is None and mode == "LAB":
        return _conversion(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")), mode)
    if not profile_data:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(profile_data))
        if profile.profile.xcolor_space != _SPACES[mode]:
            return None
        return _conversion(profile, mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def is_foreign(profile_data: bytes | None, mode: str) -> bool:
    """Whether a profile shows the colours of `mode` (RGB or L) visibly different from sRGB."""
    conversion = profile_conversion(profile_data, mode)
    if conversion is None:
        return False
    samples = _colour_samples(mode)
    moved = _signed(conversion(samples)) - _signed(samples.convert("RGB"))
    return bool(np.abs(moved).max() > _TOLERANCE)


def _conversion(profile: ImageCms.ImageCmsProfile, mode: str) -> Conversion:
    output = "RGBA" if mode == "RGBA" else "RGB"
    transform = ImageCms.buildTransform(profile, _SRGB, mode, output)

    def convert(image: Image.Image) -> Image.Image:
        return ImageCms.applyTransform(image, transform) or image

    return convert


def _colour_samples(mode: str) -> Image.Image:
    levels = np.linspace(0, 255, 9).round().astype(np.uint8)
    if mode == "L":
        return Image.fromarray(np.repeat(levels[None], 2, axis=0))
    cube = np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(9, 81, 3)
    return Image.fromarray(cube)


def _signed(image: Image.Image) -> NDArray[np.int16]:
    return np.asarray(image).astype(np.int16)
