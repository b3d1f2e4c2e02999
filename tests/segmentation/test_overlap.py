"""Masks without shared pixels, compared with the same done on bitmaps."""

import numpy as np
import pytest

from segmentation.masks import Mask, decode, encode, subtract, topmost_only

RNG = np.random.default_rng(5)


def _random_mask(height: int, width: int) -> Mask:
    """Blobs and specks; now and then nothing or everything."""
    kind = RNG.integers(5)
    if kind < 2:
        return np.full((height, width), kind == 1)
    mask = np.zeros((height, width), np.bool_)
    top, left = RNG.integers(height), RNG.integers(width)
    mask[top : top + RNG.integers(1, height + 1), left : left + RNG.integers(1, width + 1)] = True
    return mask ^ (RNG.random((height, width)) < RNG.choice([0, 0.1, 0.5]))


@pytest.mark.parametrize("size_hw", [(1, 1), (1, 9), (9, 1), (13, 17)])
def test_subtraction_is_that_of_bitmaps(size_hw: tuple[int, int]) -> None:
    for _ in range(100):
        mask, taken = _random_mask(*size_hw), _random_mask(*size_hw)
        result = subtract(encode(mask), encode(taken))
        assert np.array_equal(decode(result), mask & ~taken)
        assert np.array_equal(result.counts, encode(mask & ~taken).counts)


def test_every_pixel_belongs_to_the_topmost_mask() -> None:
    for _ in range(30):
        masks = [_random_mask(13, 17) for _ in range(5)]
        seen = [decode(rle) for rle in topmost_only([encode(mask) for mask in masks])]
        covered = np.zeros((13, 17), np.bool_)
        for mask, visible in zip(reversed(masks), reversed(seen), strict=True):
            assert np.array_equal(visible, mask & ~covered)
            covered |= mask


def test_a_mask_that_nothing_covers_comes_back_as_it_is() -> None:
    left, right = np.zeros((4, 6), np.bool_), np.zeros((4, 6), np.bool_)
    left[:, :2], right[:, 4:] = True, True
    masks = [encode(left), encode(right)]
    assert topmost_only(masks)[0] is masks[0]
    assert topmost_only([]) == []


def test_masks_of_two_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="one size"):
        subtract(encode(np.ones((2, 3))), encode(np.ones((3, 2))))
