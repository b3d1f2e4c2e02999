"""What can go wrong with a stored image embedding."""

from __future__ import annotations

from typing import ClassVar

from segmentation.errors import SegmentationError


class EmbeddingMissing(SegmentationError):
    """Not stored (yet)."""

    code: ClassVar[str] = "embedding_missing"


class EmbeddingCorrupt(SegmentationError):
    """The file is damaged. Treat it as missing and compute it again."""

    code: ClassVar[str] = "embedding_corrupt"


class EmbeddingSignatureMismatch(SegmentationError):
    """The file belongs to another image, segmenter, checkpoint, export or codec."""

    code: ClassVar[str] = "embedding_signature_mismatch"


class EmbeddingNotFinite(SegmentationError):
    """The segmenter produced NaN or infinity, which no mask can be made of."""

    code: ClassVar[str] = "embedding_not_finite"
