"""What colours look like to people with different colour vision, and how different they look."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Machado, Oliveira & Fernandes 2009, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency", severity 1.0; they work on linear RGB.
VISIONS: dict[str, Floats] = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
# IEC 61966-2-1, D65.
_RGB_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE_XYZ = _RGB_TO_XYZ.sum(axis=1)


def rgb_of(colors: list[str]) -> Floats:
    """(n, 3) sRGB in 0 to 1 of "#rrggbb"."""
    return np.array([[int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)] for color in colors])


def lab_as_seen(rgb: Floats, vision: str) -> Floats:
    """(..., 3) CIELAB (D65) of sRGB in 0 to 1, as somebody with this vision sees it."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(linear @ VISIONS[vision].T, 0, 1)
    xyz = seen @ _RGB_TO_XYZ.T / _WHITE_XYZ
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.stack(
        [116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1
    )


def ciede2000(a: Floats, b: Floats) -> Floats:
    """Difference of CIELAB colours (..., 3), which broadcast: about 1 is just seen, 10 at a glance.

    Sharma, Wu & Dalal 2005, "The CIEDE2000 Color-Difference Formula".
    """
    mean_chroma = (np.hypot(a[..., 1], a[..., 2]) + np.hypot(b[..., 1], b[..., 2])) / 2
    stretch = 1 + 0.5 * (1 - np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7)))
    chroma_a, hue_a = _polar(a, stretch)
    chroma_b, hue_b = _polar(b, stretch)
    turn = (hue_b - hue_a + 180) % 360 - 180
    grey = chroma_a * chroma_b == 0
    turn = np.where(grey, 0.0, turn)
    lightness = (a[..., 0] + b[..., 0]) / 2
    chroma = (chroma_a + chroma_b) / 2
    hue = np.where(grey, hue_a + hue_b, hue_a + turn / 2)
    weight = _hue_weight(hue)
    s_light = 1 + 0.015 * (lightness - 50) ** 2 / np.sqrt(20 + (lightness - 50) ** 2)
    d_light = (b[..., 0] - a[..., 0]) / s_light
    d_chroma = (chroma_b - chroma_a) / (1 + 0.045 * chroma)
    d_hue = 2 * np.sqrt(chroma_a * chroma_b) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * chroma * weight)
    squares = d_light**2 + d_chroma**2 + d_hue**2 + _rotation(chroma, hue) * d_chroma * d_hue
    difference: Floats = np.sqrt(np.maximum(squares, 0))
    return difference


def _polar(lab: Floats, stretch: Floats) -> tuple[Floats, Floats]:
    a = lab[..., 1] * stretch
    return np.hypot(a, lab[..., 2]), np.degrees(np.arctan2(lab[..., 2], a)) % 360


def _hue_weight(hue: Floats) -> Floats:
    def wave(times: float, shift: float) -> Floats:
        values: Floats = np.cos(np.radians(times * hue + shift))
        return values

    return 1 - 0.17 * wave(1, -30) + 0.24 * wave(2, 0) + 0.32 * wave(3, 6) - 0.20 * wave(4, -63)


def _rotation(chroma: Floats, hue: Floats) -> Floats:
    angle = 60 * np.exp(-((((hue % 360) - 275) / 25) ** 2))
    strength = 2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    return np.asarray(-np.sin(np.radians(angle)) * strength)
