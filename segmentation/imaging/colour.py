"""Any Pillow image to 8-bit sRGB without alpha, as a browser on a white page would show it."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

_DEEP_MODES = frozenset({"I", "F", "I;16", "I;16L", "I;16B", "I;16N"})
_SRGB = ImageCms.createProfile("sRGB")
_SPACES = {"RGB": "RGB ", "RGBA": "RGB ", "L": "GRAY", "CMYK": "CMYK", "LAB": "Lab "}
_SRGB_GAMMA = 1 / 2.2
_TOLERANCE = 2  # of 255: a profile that moves no colour further is sRGB


def has_alpha(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA", "RGBa") or "transparency" in image.info


def has_foreign_colours(image: Image.Image) -> bool:
    """Whether an ICC profile or a PNG gamma says that the pixels are not sRGB."""
    if _gamma_table(image) is not None:
        return True
    if image.mode not in ("RGB", "L", "P"):
        return bool(image.info.get("icc_profile"))
    profile = _profile(image, "L" if image.mode == "L" else "RGB")
    if profile is None:
        return False
    cube = _colour_samples(image.mode)
    moved = ImageCms.profileToProfile(cube, profile, _SRGB, outputMode="RGB")
    if moved is None:
        return False
    return bool(np.abs(_signed(moved) - _signed(cube.convert("RGB"))).max() > _TOLERANCE)


def srgb_8bit(image: Image.Image) -> Image.Image:
    """Decoded pixels as an RGB image of the same size."""
    _decode(image)
    if image.mode in _DEEP_MODES:
        return _from_value_range(image)
    gamma = _gamma_table(image)
    if has_alpha(image):
        shown = _over_white(_in_srgb(image, image.convert("RGBA")))
    else:
        shown = _in_srgb(image, _in_colour_space(image)).convert("RGB")
    return shown.point(gamma * 3) if gamma else shown


def _decode(image: Image.Image) -> None:
    try:
        image.load()
    except SyntaxError:
        # Damage behind the pixels, as in the further frames of an animated PNG, is reported once;
        # damage in the pixels is reported again.
        image.load()


def _in_colour_space(image: Image.Image) -> Image.Image:
    """In a mode that a colour profile can speak of."""
    return image if image.mode in _SPACES else image.convert("RGB")


def _in_srgb(original: Image.Image, image: Image.Image) -> Image.Image:
    """`image` through the profile of `original`, or by the usual formula where there is none."""
    profile = _profile(original, image.mode)
    if profile is None and image.mode == "LAB":
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    if profile is None:
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        return ImageCms.profileToProfile(image, profile, _SRGB, outputMode=mode) or image
    except (ImageCms.PyCMSError, ValueError):
        return image


def _profile(image: Image.Image, mode: str) -> ImageCms.ImageCmsProfile | None:
    """Embedded profile if it is sound and speaks of `mode`; browsers ignore any other too."""
    data = image.info.get("icc_profile")
    if not data:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        ImageCms.buildTransform(profile, _SRGB, mode, "RGBA" if mode == "RGBA" else "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
    return profile if profile.profile.xcolor_space == _SPACES.get(mode) else None


def _colour_samples(mode: str) -> Image.Image:
    levels = np.linspace(0, 255, 9).round().astype(np.uint8)
    if mode == "L":
        return Image.fromarray(np.repeat(levels[None], 2, axis=0))
    cube = np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(9, 81, 3)
    return Image.fromarray(cube)


def _signed(image: Image.Image) -> NDArray[np.int16]:
    return np.asarray(image).astype(np.int16)


def _over_white(image: Image.Image) -> Image.Image:
    page = Image.new("RGB", image.size, (255, 255, 255))
    page.paste(image, mask=image.getchannel("A"))
    return page


def _from_value_range(image: Image.Image) -> Image.Image:
    """Grey from whole or real numbers: the smallest finite value black, the largest white."""
    values = np.asarray(image)
    finite = np.isfinite(values)
    low, high = (float(bound) for bound in _range(values, finite))
    if high <= low:
        return Image.new("RGB", image.size)
    grey = np.empty(values.shape, np.uint8)
    for row in range(0, values.shape[0], 256):  # float64 for 256 rows only, not for the whole image
        band = values[row : row + 256].astype(np.float64)
        share = np.nan_to_num((band - low) / (high - low), nan=0.0, posinf=1.0, neginf=0.0)
        grey[row : row + 256] = np.rint(np.clip(share, 0, 1) * 255)
    return Image.fromarray(grey).convert("RGB")


def _range(values: NDArray[np.generic], finite: NDArray[np.bool_]) -> tuple[np.generic, np.generic]:
    if not finite.any():
        zero = values.dtype.type(0)
        return zero, zero
    return values.min(where=finite, initial=values[finite][0]), values.max(
        where=finite, initial=values[finite][0]
    )


def _gamma_table(image: Image.Image) -> list[int] | None:
    """Look-up table of a PNG's gAMA chunk where it differs from sRGB's; browsers apply it."""
    gamma = image.info.get("gamma")
    overruled = "srgb" in image.info or "icc_profile" in image.info
    if image.format != "PNG" or not gamma or overruled or not 0.01 < gamma < 100:
        return None
    exponent = _SRGB_GAMMA / gamma
    if abs(exponent - 1) < 0.01:
        return None
    return [round(255 * (level / 255) ** exponent) for level in range(256)]
