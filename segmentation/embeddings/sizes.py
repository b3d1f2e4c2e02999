"""How large an image embedding is on the wire."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from segmentation.segmenters.base import WireCodec
from segmentation.segmenters.manifest import Manifest

_BYTES_A_VALUE: dict[WireCodec, int] = {"fp16-1": 2, "int8-1": 1}
_SCALE_BYTES = 4  # int8: one float32 for each channel


def wire_bytes(manifest: Manifest, codec: WireCodec) -> int:
    """Bytes of the tensors for a square image, without the few hundred of the file's header."""
    side = manifest.input.size
    total = 0
    for tensor in manifest.raw["embedding"]:
        dims = [_size(dim, side) for dim in tensor["dims"]]
        total += prod(dims) * _BYTES_A_VALUE[codec]
        if codec == "int8-1":
            total += _channels(dims) * _SCALE_BYTES
    return total


def _size(dim: int | str, side: int) -> int:
    """A dimension of a manifest: a number, or "h/8" and the like of the input."""
    if isinstance(dim, int):
        return dim
    _, _, divisor = dim.partition("/")
    return side // int(divisor or 1)


def _channels(dims: Sequence[int]) -> int:
    return dims[1] if len(dims) > 1 else 1
