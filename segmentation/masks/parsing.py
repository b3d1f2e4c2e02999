"""Checks an RLE that comes from outside before anything is allocated for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import numpy as np

from segmentation.masks.counts_string import Counts, string_to_counts
from segmentation.masks.errors import RleMalformed, RleSizeMismatch, RleSumMismatch, RleTooLarge
from segmentation.masks.rle import Rle

MAX_PIXELS = 2**31 - 1  # runs are 32-bit integers in the C code that reads our exports


def parse_rle(
    value: object, *, expected_hw: tuple[int, int] | None = None, max_pixels: int = MAX_PIXELS
) -> Rle:
    """RLE from `{"size": [h, w], "counts": ...}`, compressed string or list of run lengths.

    `expected_hw` is the size of the image it belongs to. Allocates in proportion to the counts
    received, never to the size claimed. Raises a subclass of InvalidRle.
    """
    if not isinstance(value, Mapping) or "size" not in value or "counts" not in value:
        raise RleMalformed('A mask is an object {"size": [height, width], "counts": "…"}. Send one.')
    size_hw = _parse_size(value["size"], max_pixels)
    _check_expected(size_hw, expected_hw)
    counts = _parse_counts(value["counts"], size_hw)
    total, pixels = int(counts.sum()), size_hw[0] * size_hw[1]
    if total != pixels:
        raise RleSumMismatch(
            f"The mask's counts cover {total} pixels but {size_hw[0]}x{size_hw[1]} has {pixels}. "
            "Encode the mask again at the size of the image."
        )
    return Rle(size_hw, counts)


def _parse_size(size: object, max_pixels: int) -> tuple[int, int]:
    if not isinstance(size, list | tuple) or len(size) != 2 or not all(_is_whole(side) for side in size):
        raise RleMalformed("A mask's `size` is [height, width] in whole pixels. Send two positive integers.")
    height, width = cast(tuple[int, int], tuple(size))
    if height < 1 or width < 1:
        raise RleMalformed("A mask's `size` is [height, width] in whole pixels. Send two positive integers.")
    if height * width > max_pixels:
        raise RleTooLarge(f"The mask claims more than {max_pixels} pixels. Send it at the size of the image.")
    return height, width


def _check_expected(size_hw: tuple[int, int], expected_hw: tuple[int, int] | None) -> None:
    if expected_hw is None or size_hw == tuple(expected_hw):
        return
    swapped = " Did you swap them?" if size_hw == (expected_hw[1], expected_hw[0]) else ""
    raise RleSizeMismatch(
        f"The mask is {size_hw[0]}x{size_hw[1]} but the image is {expected_hw[0]}x{expected_hw[1]} "
        f"(height x width).{swapped or ' Send the mask at the size of the image.'}"
    )


def _parse_counts(counts: object, size_hw: tuple[int, int]) -> Counts:
    pixels = size_hw[0] * size_hw[1]
    if not isinstance(counts, str | bytes | list | tuple):
        raise RleMalformed("A mask's `counts` is a string or a list of run lengths. Send one of these.")
    # An encoder writes at most one character, or one run, for each pixel and a few more: long runs
    # need few digits. Twice that leaves room for empty runs, and bounds what a liar can make us do.
    if len(counts) > 2 * pixels + 16:
        raise RleTooLarge("The mask has more runs than pixels. Encode it again.")
    if isinstance(counts, str | bytes):
        return string_to_counts(counts, max_pixels=pixels)
    if not all(_is_whole(run) and 0 <= run <= pixels for run in counts):
        raise RleMalformed(
            "The mask's counts have a run that is negative or longer than the mask. Encode it again."
        )
    return np.array(counts, np.int64)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
