"""Sizes of an image on its way through a segmenter: original_hw -> input_hw -> low-res logits."""

from __future__ import annotations

HW = tuple[int, int]


def longest_side_hw(original_hw: HW, *, longest_side: int, multiple: int) -> HW:
    """input_hw of the "longest_side" rule.

    The longer side becomes `longest_side`, the shorter follows in proportion, and each is rounded
    to the nearest multiple of `multiple` (halves up), at least one multiple. With multiple 1 this
    is Segment Anything's `ResizeLongestSide.get_preprocess_shape`. In integers, so that every
    language computes the same.
    """
    longer = max(original_hw)
    if min(original_hw) < 1 or longest_side < 1 or multiple < 1:
        raise ValueError(f"sizes are positive, not {original_hw}, {longest_side}, {multiple}")

    def resized(side: int) -> int:
        multiples = (2 * side * longest_side + longer * multiple) // (2 * longer * multiple)
        return max(1, multiples) * multiple

    return resized(original_hw[0]), resized(original_hw[1])


def valid_low_res_hw(input_hw: HW, *, mask_stride: int) -> HW:
    """Rows and columns of the low-res logits that belong to the image; the rest is padding."""
    return -(-input_hw[0] // mask_stride), -(-input_hw[1] // mask_stride)
