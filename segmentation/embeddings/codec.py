"""Wire codecs of embedding tensors: float32 to fewer bytes and back.

Measured by `python -m onnx_export.wire_codecs` (docs/workers.md): what each costs, and what it does to masks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segmentation.embeddings.differences import from_differences, to_differences
from segmentation.embeddings.errors import EmbeddingNotFinite
from segmentation.segmenters.base import WireCodec

Tensors = Mapping[str, NDArray[np.float32]]
WireTensors = Mapping[str, NDArray[Any]]

SCALE_SUFFIX, FAR_SUFFIX = ".scale", ".far"
_HALF_MAX = np.float32(np.finfo(np.float16).max)
# Steps from 0 to the largest magnitude of a channel. Finer maps go straight into the mask, past the
# decoder's attention: twice the steps cost an eighth more bytes and halve what the codec does to masks.
_COARSE_STEPS, _FINE_STEPS = 127, 255


def to_wire(tensors: Tensors, codec: WireCodec) -> dict[str, NDArray[Any]]:
    """Tensors as they are stored and sent. Raises EmbeddingNotFinite."""
    for name, tensor in tensors.items():
        if not np.isfinite(tensor).all():
            raise EmbeddingNotFinite(
                f'The segmenter gave numbers that are not finite in "{name}". Check its weights, then retry.'
            )
    return _ENCODERS[codec](tensors)


def from_wire(wire: WireTensors, codec: WireCodec) -> dict[str, NDArray[np.float32]]:
    """Inverse of `to_wire`, within the rounding. Raises KeyError or ValueError for what is not whole."""
    return _DECODERS[codec](wire)


def _encode_fp16(tensors: Tensors) -> dict[str, NDArray[Any]]:
    """Rounded to half precision; what exceeds its range becomes the largest half."""
    return {
        name: np.clip(tensor, -_HALF_MAX, _HALF_MAX).astype(np.float16) for name, tensor in tensors.items()
    }


def _decode_fp16(wire: WireTensors) -> dict[str, NDArray[np.float32]]:
    return {name: tensor.astype(np.float32) for name, tensor in wire.items()}


def _encode_int8(tensors: Tensors) -> dict[str, NDArray[Any]]:
    """Each map (1, C, h, w) in whole steps of one size for each channel, told by differences."""
    coarsest = min((_cells(tensor) for tensor in tensors.values()), default=0)
    wire: dict[str, NDArray[Any]] = {}
    for name, tensor in tensors.items():
        planes = _planes(tensor)
        count = _COARSE_STEPS if _cells(tensor) == coarsest else _FINE_STEPS
        scale = (np.abs(planes).max(axis=(1, 2)) / count).astype(np.float32)
        steps = np.zeros(planes.shape, np.float32)
        np.divide(planes, scale[:, None, None], out=steps, where=scale[:, None, None] > 0)
        near, far = to_differences(np.rint(steps).astype(np.int32))
        wire |= {name: near.reshape(tensor.shape), name + SCALE_SUFFIX: scale, name + FAR_SUFFIX: far}
    return wire


def _decode_int8(wire: WireTensors) -> dict[str, NDArray[np.float32]]:
    tensors = {}
    for name, near in wire.items():
        if name.endswith((SCALE_SUFFIX, FAR_SUFFIX)):
            continue
        steps = from_differences(_planes(near), wire[name + FAR_SUFFIX])
        values = steps * wire[name + SCALE_SUFFIX][:, None, None]
        tensors[name] = values.astype(np.float32, copy=False).reshape(near.shape)
    return tensors


def _planes(tensor: NDArray[Any]) -> NDArray[Any]:
    """(C, h, w) of (1, C, h, w). Raises ValueError for anything else."""
    if tensor.ndim != 4 or len(tensor) != 1:
        raise ValueError(f"an embedding's tensor is (1, C, h, w), not {tensor.shape}")
    planes: NDArray[Any] = tensor[0]
    return planes


def _cells(tensor: NDArray[Any]) -> int:
    return int(tensor.shape[-1] * tensor.shape[-2])


_ENCODERS: dict[WireCodec, Callable[[Tensors], dict[str, NDArray[Any]]]] = {
    "fp16-1": _encode_fp16,
    "int8-2": _encode_int8,
}
_DECODERS: dict[WireCodec, Callable[[WireTensors], dict[str, NDArray[np.float32]]]] = {
    "fp16-1": _decode_fp16,
    "int8-2": _decode_int8,
}
