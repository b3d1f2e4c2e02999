"""What can be wrong with an RLE that arrives from outside. Every message says what to do."""

from __future__ import annotations

from typing import ClassVar

from segmentation.errors import SegmentationError


class InvalidRle(SegmentationError):
    """Base of the errors below; raised itself by nobody."""

    code: ClassVar[str] = "rle_invalid"


class RleMalformed(InvalidRle):
    """Not an RLE at all, or a counts string that no encoder writes."""

    code: ClassVar[str] = "rle_malformed"


class RleSumMismatch(InvalidRle):
    """The runs do not fill the mask exactly."""

    code: ClassVar[str] = "rle_sum_mismatch"


class RleSizeMismatch(InvalidRle):
    """The mask has another size than its image."""

    code: ClassVar[str] = "rle_size_mismatch"


class RleTooLarge(InvalidRle):
    """More pixels, or a longer counts string, than a mask can have."""

    code: ClassVar[str] = "rle_too_large"
