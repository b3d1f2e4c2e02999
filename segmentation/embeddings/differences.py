"""Maps as whole steps, each told by its difference from the one to its left: small numbers, which compress.

Neighbours in an embedding are alike, so that differences need a fifth to a third less than the values
themselves. Nothing is lost beyond the rounding to steps.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FAR = -128  # in the place of a difference that does not fit into 8 bits: the next one of `far`
_NEAR = 127


def to_differences(steps: NDArray[np.int32]) -> tuple[NDArray[np.int8], NDArray[np.int16]]:
    """(C, h, w) -> differences (C, h, w) and `far` (n,), in the order of the map.

    The first of a row is told from the first of the row above, the very first from 0.
    """
    differences = np.diff(steps, axis=2, prepend=0)
    differences[:, :, 0] = np.diff(steps[:, :, 0], axis=1, prepend=0)
    is_far = np.abs(differences) > _NEAR
    near = np.where(is_far, FAR, differences).astype(np.int8)
    return near, differences[is_far].astype(np.int16)


def from_differences(near: NDArray[np.int8], far: NDArray[np.int16]) -> NDArray[np.int32]:
    """Inverse of `to_differences`. Raises ValueError where the two do not belong together."""
    differences = near.astype(np.int32)
    is_far = near == FAR
    if np.count_nonzero(is_far) != len(far):
        raise ValueError(f"{np.count_nonzero(is_far)} differences are far, and {len(far)} are given")
    differences[is_far] = far
    differences[:, :, 0] = np.cumsum(differences[:, :, 0], axis=1)
    return np.cumsum(differences, axis=2, dtype=np.int32)
