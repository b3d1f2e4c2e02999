"""Image embeddings on disk and on the wire."""

from segmentation.embeddings.errors import (
    EmbeddingCorrupt,
    EmbeddingMissing,
    EmbeddingNotFinite,
    EmbeddingSignatureMismatch,
)
from segmentation.embeddings.signature import EmbeddingSignature, signature_for, signature_under
from segmentation.embeddings.store import EmbeddingStore

__all__ = [
    "EmbeddingCorrupt",
    "EmbeddingMissing",
    "EmbeddingNotFinite",
    "EmbeddingSignature",
    "EmbeddingSignatureMismatch",
    "EmbeddingStore",
    "signature_for",
    "signature_under",
]
