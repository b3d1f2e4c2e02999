"""Any Pillow image to 8-bit sRGB without alpha, as a browser on a white page would show it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from segmentation.imaging.bands import bands_of, converted
from segmentation.imaging.decoding import decode_pixels
from segmentation.imaging.profiles import PROFILED_MODES, Conversion, is_foreign, profile_conversion

_ALPHA_MODES = frozenset({"RGBA", "LA", "PA", "RGBa"})
_DEEP_MODES = frozenset({"I", "F", "I;16", "I;16L", "I;16B", "I;16N"})
_SRGB_GAMMA = 1 / 2.2


def has_alpha(image: Image.Image) -> bool:
    return image.mode in _ALPHA_MODES or "transparency" in image.info


def has_foreign_colours(image: Image.Image) -> bool:
    """Whether an ICC profile or a PNG gamma says that the pixels are not sRGB."""
    if _gamma_table(image) is not None:
        return True
    profile = image.info.get("icc_profile")
    if image.mode not in ("RGB", "L", "P", "1"):
        return profile is not None
    return is_foreign(profile, "L" if image.mode in ("L", "1") else "RGB")


def is_measured(image: Image.Image) -> bool:
    """Whether its values are whole or real numbers that have to be scaled to be seen."""
    return image.mode in _DEEP_MODES


def srgb_8bit(image: Image.Image) -> Image.Image:
    """Decoded pixels as an RGB image of the same size; the image itself if it is that already."""
    decode_pixels(image)
    conversion = _conversion_of(image)
    return image if conversion is None else converted(image, conversion)


def grey_8bit(image: Image.Image, low: float, high: float) -> Image.Image:
    """A measured image with the value `low` black and `high` white."""
    decode_pixels(image)
    return converted(image, _from_values(low, high))


def _conversion_of(image: Image.Image) -> Conversion | None:
    """What every band of the image has to go through, None for nothing."""
    if is_measured(image):
        return _from_values(*value_range(image))
    alpha = has_alpha(image)
    mode = "RGBA" if alpha else image.mode if image.mode in PROFILED_MODES else "RGB"
    by_profile = profile_conversion(image.info.get("icc_profile"), mode)
    gamma = _gamma_table(image)
    if image.mode == "RGB" and not alpha and by_profile is None and gamma is None:
        return None

    def convert(band: Image.Image) -> Image.Image:
        coloured = band if band.mode == mode else band.convert(mode)
        shown = by_profile(coloured) if by_profile else coloured
        opaque = _over_white(shown) if alpha else shown.convert("RGB")
        return opaque.point(gamma * 3) if gamma else opaque

    return convert


def _over_white(image: Image.Image) -> Image.Image:
    page = Image.new("RGB", image.size, (255, 255, 255))
    page.paste(image, mask=image.getchannel("A"))
    return page


def _from_values(low: float, high: float) -> Conversion:
    """Grey from whole or real numbers."""
    step = 255 / (high - low) if high > low else 0.0

    def convert(band: Image.Image) -> Image.Image:
        grey = (np.asarray(band).astype(np.float64) - low) * step
        finite = np.nan_to_num(grey, nan=0.0, posinf=255.0, neginf=0.0)
        return Image.fromarray(np.rint(np.clip(finite, 0, 255)).astype(np.uint8))

    return convert


def value_range(image: Image.Image) -> tuple[float, float]:
    """Smallest and largest finite value of a decoded image, (0, 0) without any: shown black and white."""
    low, high = math.inf, -math.inf
    for _, band in bands_of(image):
        values: NDArray[np.float64] = np.asarray(band).astype(np.float64)
        finite = values[np.isfinite(values)]
        if finite.size:
            low, high = min(low, float(finite.min())), max(high, float(finite.max()))
    return (low, high) if low <= high else (0.0, 0.0)


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
