"""About how large an image embedding is on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

import numpy as np
from numpy.typing import NDArray

from segmentation.embeddings.codec import to_wire
from segmentation.embeddings.compression import compressed
from segmentation.segmenters.base import WireCodec
from segmentation.segmenters.manifest import Manifest

# After gzip, measured on SAM's and SAM 2.1's encoders (docs/workers.md); images differ by a tenth.
BYTES_A_VALUE: dict[WireCodec, float] = {"fp16-1": 1.74, "int8-2": 0.74}


def wire_bytes(manifest: Manifest, codec: WireCodec) -> int:
    """Bytes of the embedding of a square image, within a tenth or so."""
    side = manifest.input.size
    values = sum(prod(_size(dim, side) for dim in tensor["dims"]) for tensor in manifest.raw["embedding"])
    return round(values * BYTES_A_VALUE[codec])


def measured_wire_bytes(tensors: Mapping[str, NDArray[np.float32]], codec: WireCodec) -> int:
    """Bytes of these very tensors, gzipped. Raises EmbeddingNotFinite."""
    return len(compressed(b"".join(array.tobytes() for array in to_wire(tensors, codec).values())))


def _size(dim: int | str, side: int) -> int:
    """A dimension of a manifest: a number, or "h/8" and the like of the input."""
    if isinstance(dim, int):
        return dim
    _, _, divisor = dim.partition("/")
    return side // int(divisor or 1)
