"""Embedding files: what is written is read back, whatever is not ours is refused."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open

from segmentation.embeddings import (
    EmbeddingCorrupt,
    EmbeddingMissing,
    EmbeddingNotFinite,
    EmbeddingSignature,
    EmbeddingSignatureMismatch,
    EmbeddingStore,
)
from segmentation.embeddings.differences import from_differences, to_differences
from segmentation.embeddings.sizes import measured_wire_bytes
from segmentation.segmenters.base import ImageEmbedding
from tests.fixtures.make_embedding import PATH, fixture_document, fixture_embedding

FP16 = EmbeddingSignature("a" * 64, "pocket", "b" * 64, "d" * 64, "fp16-1")
INT8 = replace(FP16, codec="int8-2")


@pytest.fixture
def store(tmp_path: Path) -> EmbeddingStore:
    return EmbeddingStore(tmp_path / "embeddings")


@pytest.fixture
def embedding() -> ImageEmbedding:
    rng = np.random.default_rng(5)
    channels = np.array([1, 30, 0, 0.001], np.float32).reshape(1, 4, 1, 1)
    return ImageEmbedding(
        original_hw=(480, 640),
        input_hw=(384, 512),
        tensors={
            "embedding": rng.normal(size=(1, 4, 6, 8)).astype(np.float32) * channels,
            "fine": rng.normal(size=(1, 3, 12, 16)).astype(np.float32),
        },
    )


def test_key_is_the_hash_of_its_facts() -> None:
    facts = f"{'a' * 64}:pocket:{'b' * 64}:{'d' * 64}:fp16-1"
    assert FP16.key == hashlib.sha256(facts.encode()).hexdigest()
    assert INT8.key != FP16.key


def test_fp16_round_trip_keeps_half_precision(store: EmbeddingStore, embedding: ImageEmbedding) -> None:
    store.write(FP16, embedding)
    restored = store.read(FP16)
    assert (restored.original_hw, restored.input_hw) == ((480, 640), (384, 512))
    assert restored.tensors.keys() == embedding.tensors.keys()
    for name, tensor in embedding.tensors.items():
        assert restored.tensors[name].dtype == np.float32
        np.testing.assert_allclose(restored.tensors[name], tensor, rtol=2**-11, atol=6e-8)


@pytest.mark.parametrize("name", ["embedding", "fine"])
def test_int8_round_trip_is_within_half_a_step_of_each_channel(
    store: EmbeddingStore, embedding: ImageEmbedding, name: str
) -> None:
    """Finer maps have twice as many steps."""
    store.write(INT8, embedding)
    restored = store.read(INT8)
    assert restored.tensors.keys() == embedding.tensors.keys()
    tensor = embedding.tensors[name]
    half_step = np.abs(tensor).max(axis=(0, 2, 3)) / {"embedding": 127, "fine": 255}[name] / 2
    error = np.abs(restored.tensors[name] - tensor).max(axis=(0, 2, 3))
    assert (error <= half_step * 1.001).all()


def test_the_file_that_the_browser_is_tested_with_is_what_is_written() -> None:
    document = fixture_document()
    assert json.loads(PATH.read_text()) == document
    embedding = fixture_embedding()
    for name, tensor in embedding.tensors.items():
        read = np.array(document["tensors"][name]["values"]).reshape(tensor.shape)
        assert np.abs(read - tensor).max() <= np.abs(tensor).max() / 127 / 2 * 1.001


def test_int8_is_less_than_half_of_fp16_where_neighbours_are_alike() -> None:
    noise = np.random.default_rng(0).normal(size=(1, 16, 48, 48)).astype(np.float32)
    tensors = {"embedding": np.cumsum(noise, axis=3)}
    assert measured_wire_bytes(tensors, "int8-2") < measured_wire_bytes(tensors, "fp16-1") / 2


def test_differences_are_undone_whatever_the_steps() -> None:
    steps = np.random.default_rng(0).integers(-300, 300, (3, 5, 7)).astype(np.int32)
    near, far = to_differences(steps)
    assert len(far) > 0
    np.testing.assert_array_equal(from_differences(near, far), steps)
    with pytest.raises(ValueError, match="far"):
        from_differences(near, far[:-1])


def test_the_file_is_gzipped_safetensors_with_the_promised_metadata(
    store: EmbeddingStore, embedding: ImageEmbedding, tmp_path: Path
) -> None:
    path = store.write(INT8, embedding)
    assert path.relative_to(store.folder).parts == (INT8.key[:2], INT8.key[2:4], f"{INT8.key}.safetensors.gz")
    plain = tmp_path / "plain.safetensors"
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    with safe_open(plain, framework="numpy") as file:
        assert file.metadata() == {
            "format": "1",
            "image_sha256": "a" * 64,
            "segmenter": "pocket",
            "checkpoint_sha256": "b" * 64,
            "encoding_sha256": "d" * 64,
            "codec": "int8-2",
            "original_hw": "[480, 640]",
            "input_hw": "[384, 512]",
        }
        assert file.get_tensor("embedding").dtype == np.int8
        assert file.get_tensor("embedding.scale").shape == (4,)
        assert file.get_tensor("embedding.scale").dtype == np.float32


def test_equal_embeddings_have_equal_bytes_and_aligned_tensors(
    store: EmbeddingStore, embedding: ImageEmbedding
) -> None:
    file = store.write(FP16, embedding).read_bytes()
    assert store.write(FP16, embedding).read_bytes() == file
    first = gzip.decompress(file)
    length = int.from_bytes(first[:8], "little")
    header = json.loads(first[8 : 8 + length])
    assert length % 8 == 0
    assert list(header["__metadata__"]) == sorted(header["__metadata__"])


def test_reading_what_was_never_written_says_so(store: EmbeddingStore) -> None:
    assert not store.has(FP16)
    assert store.find(FP16) is None
    with pytest.raises(EmbeddingMissing):
        store.read(FP16)


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"\x00" * 7,
        b"not an embedding at all, but long enough to parse",
        gzip.compress(b"not safetensors"),
    ],
)
def test_a_damaged_file_counts_as_missing(
    store: EmbeddingStore, embedding: ImageEmbedding, damage: bytes
) -> None:
    store.write(FP16, embedding).write_bytes(damage)
    assert not store.has(FP16)
    assert store.find(FP16) is None
    with pytest.raises(EmbeddingCorrupt):
        store.read(FP16)


def test_a_truncated_file_counts_as_missing_and_is_replaced(
    store: EmbeddingStore, embedding: ImageEmbedding
) -> None:
    path = store.write(FP16, embedding)
    path.write_bytes(path.read_bytes()[:-1])
    assert not store.has(FP16)
    store.write(FP16, embedding)
    assert store.has(FP16)


def test_a_file_of_another_checkpoint_is_refused_by_name(
    store: EmbeddingStore, embedding: ImageEmbedding
) -> None:
    foreign = replace(FP16, checkpoint_sha256="c" * 64)
    source = store.write(foreign, embedding)
    store.path(FP16.key).parent.mkdir(parents=True)
    source.rename(store.path(FP16.key))
    with pytest.raises(EmbeddingSignatureMismatch) as caught:
        store.read(FP16)
    for part in (FP16.key, "checkpoint_sha256", "b" * 64, "c" * 64):
        assert part in caught.value.message
    assert not store.has(FP16)


def test_numbers_that_are_not_finite_are_never_stored(
    store: EmbeddingStore, embedding: ImageEmbedding
) -> None:
    embedding.tensors["fine"][0, 1, 2, 3] = np.nan
    with pytest.raises(EmbeddingNotFinite, match="fine"):
        store.write(FP16, embedding)
    assert not store.has(FP16)


def test_numbers_beyond_half_precision_stay_finite(store: EmbeddingStore, embedding: ImageEmbedding) -> None:
    embedding.tensors["fine"][0, 1, 2, 3] = 1e9
    store.write(FP16, embedding)
    assert store.read(FP16).tensors["fine"].max() == 65504


def test_a_failed_write_leaves_nothing_behind(
    store: EmbeddingStore, embedding: ImageEmbedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("segmentation.embeddings.store.os.fsync", no_space)
    with pytest.raises(OSError, match="No space"):
        store.write(FP16, embedding)
    assert [path for path in store.folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "A" * 64, "a" * 63])
def test_what_is_no_key_has_no_path(store: EmbeddingStore, key: str) -> None:
    with pytest.raises(ValueError, match="64 hex digits"):
        store.path(key)
