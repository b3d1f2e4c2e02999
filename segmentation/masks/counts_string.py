"""The compressed counts string of COCO: signed base-32 digits, differences to the run before last.

Source: `rleToString` and `rleFrString` in cocodataset/cocoapi, common/maskApi.c. A digit is one
character from "0" (48) to "o" (111): five bits of value, lowest digits first, and bit 32 set while
more digits follow. Bit 16 of the last digit is the sign. From the fourth run on the difference to
the run two before is written.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from segmentation.masks.errors import RleMalformed

Counts = NDArray[np.int64]  # (n,) run lengths, background first

_FIRST_CHARACTER = 48
_MORE = 0x20
_SIGN = 0x10
_MAX_DIGITS = 7  # 34 bits and a sign: any difference between runs of a mask below 2**34 pixels
_DIGIT_LIMITS = np.array([1 << (5 * digits - 1) for digits in range(1, _MAX_DIGITS + 1)], np.int64)


def counts_to_string(counts: Counts) -> str:
    """Compressed counts string of run lengths. Raises ValueError for runs of 2**34 pixels or more."""
    differences = np.asarray(counts, np.int64).copy()
    differences[3:] -= counts[1:-2]
    magnitudes = np.where(differences < 0, ~differences, differences)
    digit_counts = 1 + np.searchsorted(_DIGIT_LIMITS, magnitudes, side="right")
    if digit_counts.size and digit_counts.max() > _MAX_DIGITS:
        raise ValueError("a run is too long for a COCO counts string")
    ends = np.cumsum(digit_counts)
    characters = np.empty(int(digit_counts.sum()), np.uint8)
    starts = ends - digit_counts
    characters[starts] = _character(differences, digit_counts > 1)
    for digit in range(1, int(digit_counts.max(initial=0))):
        longer = np.flatnonzero(digit_counts > digit)
        parts = differences[longer] >> (5 * digit)
        characters[starts[longer] + digit] = _character(parts, digit_counts[longer] > digit + 1)
    return characters.tobytes().decode("ascii")


def _character(values: Counts, more: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Characters of the lowest five bits of each value."""
    return (values.astype(np.uint8) & 0x1F) + (more * np.uint8(_MORE) + np.uint8(_FIRST_CHARACTER))


def string_to_counts(text: str | bytes, *, max_pixels: int) -> Counts:
    """Run lengths of a compressed counts string, each between 0 and `max_pixels`.

    Memory is bounded by the length of `text`. Raises RleMalformed for characters outside the
    alphabet, a number that is cut off or overlong, and a run that is negative or too long.
    """
    digits = _digits_of(text)
    if digits.size == 0:
        return np.zeros(0, np.int64)
    ends = np.flatnonzero(digits < _MORE)
    if ends.size == 0 or ends[-1] != digits.size - 1:
        raise RleMalformed("The mask's counts string is cut off in the middle of a number. Send it whole.")
    lengths = np.diff(ends, prepend=-1)
    if lengths.max() > _MAX_DIGITS:
        raise RleMalformed(
            "The mask's counts string has a number with too many digits. Encode the mask again."
        )
    return _runs(_signed_values(digits, ends, lengths), max_pixels)


def _digits_of(text: str | bytes) -> NDArray[np.uint8]:
    try:
        raw = text.encode("ascii") if isinstance(text, str) else text
    except UnicodeEncodeError:
        raw = b" "  # any character outside the alphabet: one message for all of them
    digits = np.frombuffer(raw, np.uint8) - np.uint8(_FIRST_CHARACTER)  # wraps below 48
    if digits.size and digits.max() >= 64:
        raise RleMalformed(
            "The mask's counts string has characters that COCO's encoding does not use. "
            "Send the `counts` that pycocotools writes."
        )
    return digits


def _signed_values(digits: NDArray[np.uint8], ends: NDArray[np.int64], lengths: NDArray[np.int64]) -> Counts:
    """Numbers whose last, highest digits stand at `ends`: from there downwards."""
    values: Counts = digits[ends].astype(np.int64)
    values -= (values & _SIGN) << 1
    for digit in range(1, int(lengths.max())):
        longer = np.flatnonzero(lengths > digit)
        values[longer] = (values[longer] << 5) | (digits[ends[longer] - digit] & 0x1F)
    return values


def _runs(differences: Counts, max_pixels: int) -> Counts:
    # Checked before summing up too: with every difference within the mask the sums cannot overflow.
    _check_within(np.abs(differences), max_pixels)
    counts = differences
    counts[1::2] = np.cumsum(counts[1::2])
    counts[2::2] = np.cumsum(counts[2::2])
    _check_within(counts, max_pixels)
    return counts


def _check_within(runs: Counts, max_pixels: int) -> None:
    if runs.min() < 0 or runs.max() > max_pixels:
        raise RleMalformed(
            "The mask's counts have a run that is negative or longer than the mask. Encode it again."
        )
