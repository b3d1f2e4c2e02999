"""The embedding file: safetensors with a signature in its metadata (ARCHITECTURE.md, Embedding file)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from segmentation.embeddings.codec import from_wire, to_wire
from segmentation.embeddings.errors import EmbeddingCorrupt, EmbeddingMissing, EmbeddingSignatureMismatch
from segmentation.embeddings.signature import EmbeddingSignature
from segmentation.segmenters.base import ImageEmbedding

FORMAT = "1"
_LENGTH_BYTES = 8  # safetensors begins with the length of its JSON header, little endian


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
    return _with_sorted_header(save(wire, metadata=metadata))


def read_embedding_file(path: Path, expected: EmbeddingSignature) -> ImageEmbedding:
    """The embedding, back in float32.

    Raises EmbeddingMissing, EmbeddingCorrupt or EmbeddingSignatureMismatch.
    """
    try:
        with safe_open(path, framework="numpy") as file:
            metadata = file.metadata() or {}
            _check_signature(path, metadata, expected)
            # Copied: the arrays must outlive the mapping of the file.
            wire: dict[str, NDArray[Any]] = {name: np.array(file.get_tensor(name)) for name in file.keys()}  # noqa: SIM118
        return ImageEmbedding(
            original_hw=_size(metadata["original_hw"]),
            input_hw=_size(metadata["input_hw"]),
            tensors=from_wire(wire, expected.codec),
        )
    except FileNotFoundError as error:
        raise EmbeddingMissing("The image embedding is not stored. Compute it first.") from error
    except (SafetensorError, OSError, KeyError, ValueError, TypeError) as error:
        raise EmbeddingCorrupt(f"The image embedding {path.name} is damaged. Compute it again.") from error


def check_embedding_file(path: Path, expected: EmbeddingSignature) -> None:
    """Read the header only. Raises what `read_embedding_file` raises."""
    try:
        with safe_open(path, framework="numpy") as file:
            _check_signature(path, file.metadata() or {}, expected)
    except FileNotFoundError as error:
        raise EmbeddingMissing("The image embedding is not stored. Compute it first.") from error
    except (SafetensorError, OSError) as error:
        raise EmbeddingCorrupt(f"The image embedding {path.name} is damaged. Compute it again.") from error


def _check_signature(path: Path, metadata: dict[str, str], expected: EmbeddingSignature) -> None:
    for field, value in ({"format": FORMAT} | expected.as_dict()).items():
        stored = metadata.get(field)
        if stored != value:
            raise EmbeddingSignatureMismatch(
                f'The embedding {path.name} has {field} "{stored}", expected "{value}". Compute it again.'
            )


def _size(text: str) -> tuple[int, int]:
    height, width = json.loads(text)
    return int(height), int(width)


def _with_sorted_header(data: bytes) -> bytes:
    """safetensors writes its metadata in random order; sorted, equal content has equal bytes."""
    length = int.from_bytes(data[:_LENGTH_BYTES], "little")
    body_at = _LENGTH_BYTES + length
    header = json.loads(data[_LENGTH_BYTES:body_at])
    text = json.dumps(header, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    padding = b" " * (-len(text) % 8)  # tensors start at a multiple of 8 bytes
    new_length = len(text) + len(padding)
    return new_length.to_bytes(_LENGTH_BYTES, "little") + text + padding + data[body_at:]
