"""The two things that category colours must do: differ from each other, and show on the image."""

from dataclasses import dataclass

import numpy as np

from tools.palette.colour_vision import VISIONS, Floats, ciede2000, lab_as_seen, rgb_of

# The fill of a mask as the workspace shows it at first (frontend/src/session/display.ts).
OPACITY = 0.45
GROUNDS = {
    "black": "#101010",
    "grey": "#808080",
    "white": "#f0f0f0",
    "red": "#b03a2e",
    "green": "#4a7c3a",
    "sky": "#87a9c4",
    "skin": "#d0a088",
}


@dataclass(frozen=True)
class PaletteFigures:
    """CIEDE2000, the smallest of all kinds of colour vision."""

    between: float  # the two colours that are most alike
    on_ground: dict[str, float]  # ground -> the colour that shows least there, as a mask's fill


def measure(colors: list[str]) -> PaletteFigures:
    rgb = rgb_of(colors)
    distances = differences_between(rgb, rgb)
    np.fill_diagonal(distances, np.inf)
    shown = differences_on_grounds(rgb)
    return PaletteFigures(
        between=float(distances.min()),
        on_ground={name: float(shown[:, index].min()) for index, name in enumerate(GROUNDS)},
    )


def differences_between(a: Floats, b: Floats) -> Floats:
    """(n, m) of sRGB colours (n, 3) and (m, 3): what the vision that tells them apart worst sees."""
    return _worst(a[:, None], b[None, :])


def differences_on_grounds(rgb: Floats) -> Floats:
    """(n, grounds) between a ground and that ground under a mask of each colour."""
    grounds = rgb_of(list(GROUNDS.values()))
    filled = OPACITY * rgb[:, None] + (1 - OPACITY) * grounds[None, :]
    return _worst(filled, np.broadcast_to(grounds[None, :], filled.shape))


def _worst(a: Floats, b: Floats) -> Floats:
    per_vision = [ciede2000(lab_as_seen(a, vision), lab_as_seen(b, vision)) for vision in VISIONS]
    return np.asarray(np.min(per_vision, axis=0))
