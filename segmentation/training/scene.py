"""What a training scene is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]  # (size, size, 3) RGB
Mask = NDArray[np.uint8]  # (size, size) of 0 and 1


class Scene(NamedTuple):
    """A square picture and the masks of the regions in it."""

    image: Picture
    masks: list[Mask]
