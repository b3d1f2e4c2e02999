"""Wire codecs of embedding tensors: float32 to fewer bytes and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segmentation.embeddings.errors import EmbeddingNotFinite
from segmentation.segmenters.base import WireCodec

Tensors = Mapping[str, NDArray[np.float32]]
WireTensors = Mapping[str, NDArray[Any]]

SCALE_SUFFIX = ".scale"
_HALF_MAX = np.float32(np.finfo(np.float16).max)
_INT8_MAX = 127


def to_wire(tensors: Tensors, codec: WireCodec) -> dict[str, NDArray[Any]]:
    """Tensors as they are stored and sent. Raises EmbeddingNotFinite."""
    wire: dict[str, NDArray[Any]] = {}
    for name, tensor in tensors.items():
        if not np.isfinite(tensor).all():
            raise EmbeddingNotFinite(
                f'The segmenter gave numbers that are not finite in "{name}". Check its weights, then retry.'
            )
        wire |= _ENCODERS[codec](name, tensor)
    return wire


def from_wire(wire: WireTensors, codec: WireCodec) -> dict[str, NDArray[np.float32]]:
    """Inverse of `to_wire`, within the codec's rounding. Raises KeyError for a missing scale."""
    return _DECODERS[codec](wire)


def _encode_fp16(name: str, tensor: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
    """Rounded to half precision; what exceeds its range becomes the largest half."""
    return {name: np.clip(tensor, -_HALF_MAX, _HALF_MAX).astype(np.float16)}


def _decode_fp16(wire: WireTensors) -> dict[str, NDArray[np.float32]]:
    return {name: tensor.astype(np.float32) for name, tensor in wire.items()}


def _encode_int8(name: str, tensor: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
    """Symmetric, one scale for each channel (axis 1): value = int8 * scale."""
    other_axes = tuple(axis for axis in range(tensor.ndim) if axis != 1)
    scale = (np.abs(tensor).max(axis=other_axes) / _INT8_MAX).astype(np.float32)
    steps = np.zeros(tensor.shape, np.float32)
    np.divide(
        tensor, _along_channels(scale, tensor.ndim), out=steps, where=_along_channels(scale > 0, tensor.ndim)
    )
    return {
        name: np.clip(np.rint(steps), -_INT8_MAX, _INT8_MAX).astype(np.int8),
        name + SCALE_SUFFIX: scale,
    }


def _decode_int8(wire: WireTensors) -> dict[str, NDArray[np.float32]]:
    return {
        name: steps.astype(np.float32) * _along_channels(wire[name + SCALE_SUFFIX], steps.ndim)
        for name, steps in wire.items()
        if not name.endswith(SCALE_SUFFIX)
    }


def _along_channels(values: NDArray[Any], ndim: int) -> NDArray[Any]:
    return values.reshape(1, -1, *(1,) * (ndim - 2))


_ENCODERS: dict[WireCodec, Callable[[str, NDArray[np.float32]], dict[str, NDArray[Any]]]] = {
    "fp16-1": _encode_fp16,
    "int8-1": _encode_int8,
}
_DECODERS: dict[WireCodec, Callable[[WireTensors], dict[str, NDArray[np.float32]]]] = {
    "fp16-1": _decode_fp16,
    "int8-1": _decode_int8,
}
