"""Category colours that people with any kind of colour vision can tell apart, on any image.

Found and measured by `python -m tools.palette` (CIEDE2000 under Machado's simulations): any two differ by
10 or more, and a mask of each differs by 5 or more from grey, red, green and other grounds. The first ones
differ most.
"""

from collections.abc import Collection

PALETTE = [
    "#0096ff", "#ffb400", "#693c3c", "#3c3c96", "#d2e1ff", "#e12d00", "#a56996",
    "#00f0b4", "#781eff", "#960000", "#0f6969", "#c3b4ff", "#f0780f", "#1eb45a",
]  # fmt: skip


def pick_color(taken: Collection[str]) -> str:
    """The first colour used least often in `taken` (lower-case "#rrggbb")."""
    counts = [sum(color == used for used in taken) for color in PALETTE]
    return PALETTE[counts.index(min(counts))]
