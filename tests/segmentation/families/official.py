"""What a module `official_FAMILY.py` answers to the recorder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from tests.segmentation.families.comparison import Outputs


@dataclass(frozen=True)
class OfficialNetwork:
    """A network of official code, and how to ask it."""

    name: str
    module: Any  # on the meta device where there are no images: then names and shapes alone are recorded
    images: tuple[str, ...]
    outputs: Callable[[Any, NDArray[np.uint8]], Outputs]
    adjust: Callable[[Mapping[str, Tensor]], None] | None = None  # changes its seeded weights in place
