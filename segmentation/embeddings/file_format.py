"""The embedding file: safetensors with a signature in its metadata, gzipped (ARCHITECTURE.md 3.3)."""

from __future__ import annotations

import json
import os
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from segmentation.embeddings.codec import from_wire, to_wire
from segmentation.embeddings.compression import beginning, compressed, decompressed, length_by_trailer
from segmentation.embeddings.errors import EmbeddingCorrupt, EmbeddingMissing, EmbeddingSignatureMismatch
from segmentation.embeddings.signature import EmbeddingSignature
from segmentation.segmenters.base import ImageEmbedding

FORMAT = "1"
_LENGTH_BYTES = 8  # safetensors begins with the length of its JSON header, little endian
_BEGINNING_BYTES = 8192  # of the file: holds the header, which is about a kilobyte
_MAX_HEADER_BYTES = 1 << 16
_END_BYTES = 8
_DAMAGE = (zlib.error, SafetensorError, OSError, KeyError, ValueError, TypeError)


def embedding_bytes(embedding: ImageEmbedding, signature: EmbeddingSignature) -> bytes:
    """The file's bytes: equal for equal embeddings. Raises EmbeddingNotFinite."""
    wire = {
        name: np.ascontiguousarray(tensor)
        for name, tensor in to_wire(embedding.tensors, signature.codec).items()
    }
    metadata = {
        "format": FORMAT,
        **signature.as_dict(),
        "original_hw": json.dumps(list(embedding.original_hw)),
        "input_hw": json.dumps(list(embedding.input_hw)),
    }
    return compressed(_with_sorted_header(save(wire, metadata=metadata)))


def read_embedding_file(path: Path, expected: EmbeddingSignature) -> ImageEmbedding:
    """The embedding, back in float32.

    Raises EmbeddingMissing, EmbeddingCorrupt or EmbeddingSignatureMismatch.
    """
    try:
        data = decompressed(path.read_bytes())
        metadata = _header(data)["__metadata__"]
        _check_signature(path, metadata, expected)
        return ImageEmbedding(
            original_hw=_size(metadata["original_hw"]),
            input_hw=_size(metadata["input_hw"]),
            tensors=from_wire(load(data), expected.codec),
        )
    except FileNotFoundError as error:
        raise _missing() from error
    except _DAMAGE as error:
        raise _damaged(path) from error


def check_embedding_file(path: Path, expected: EmbeddingSignature) -> None:
    """Read the header and the length only. Raises what `read_embedding_file` raises."""
    try:
        with path.open("rb") as file:
            start = beginning(file.read(_BEGINNING_BYTES), _MAX_HEADER_BYTES)
            file.seek(-_END_BYTES, os.SEEK_END)
            length = length_by_trailer(file.read())
        header = _header(start)
        _check_signature(path, header["__metadata__"], expected)
        if length != _length_by_header(start, header):
            raise ValueError("cut off")
    except FileNotFoundError as error:
        raise _missing() from error
    except _DAMAGE as error:
        raise _damaged(path) from error


def _missing() -> EmbeddingMissing:
    return EmbeddingMissing("The image embedding is not stored. Compute it first.")


def _damaged(path: Path) -> EmbeddingCorrupt:
    return EmbeddingCorrupt(f"The image embedding {path.name} is damaged. Compute it again.")


def _check_signature(path: Path, metadata: dict[str, str], expected: EmbeddingSignature) -> None:
    for field, value in ({"format": FORMAT} | expected.as_dict()).items():
        stored = metadata.get(field)
        if stored != value:
            raise EmbeddingSignatureMismatch(
                f'The embedding {path.name} has {field} "{stored}", expected "{value}". Compute it again.'
            )


def _header(data: bytes) -> dict[str, Any]:
    """The JSON of a safetensors file, from its first bytes. Raises ValueError."""
    header: dict[str, Any] = json.loads(data[_LENGTH_BYTES : _body_at(data)])
    return header


def _body_at(data: bytes) -> int:
    return _LENGTH_BYTES + int.from_bytes(data[:_LENGTH_BYTES], "little")


def _length_by_header(start: bytes, header: dict[str, Any]) -> int:
    tensors = (entry for name, entry in header.items() if name != "__metadata__")
    return _body_at(start) + max((entry["data_offsets"][1] for entry in tensors), default=0)


def _size(text: str) -> tuple[int, int]:
    height, width = json.loads(text)
    return int(height), int(width)


def _with_sorted_header(data: bytes) -> bytes:
    """safetensors writes its metadata in random order; sorted, equal content has equal bytes."""
    text = json.dumps(_header(data), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    padding = b" " * (-len(text) % 8)  # tensors start at a multiple of 8 bytes
    new_length = len(text) + len(padding)
    return new_length.to_bytes(_LENGTH_BYTES, "little") + text + padding + data[_body_at(data) :]
