"""Category colours that people with any kind of colour vision can tell apart.

Paul Tol's qualitative schemes "bright" and "muted" (https://sronpersonalpages.nl/~pault/) without greys.
"""

from collections.abc import Collection

PALETTE = [
    "#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377",
    "#332288", "#ddcc77", "#117733", "#cc6677", "#88ccee", "#882255", "#44aa99", "#999933",
]  # fmt: skip


def pick_color(taken: Collection[str]) -> str:
    """The first colour used least often in `taken` (lower-case "#rrggbb")."""
    counts = [sum(color == used for used in taken) for color in PALETTE]
    return PALETTE[counts.index(min(counts))]
