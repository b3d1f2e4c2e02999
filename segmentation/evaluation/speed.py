"""How long a segmenter takes on this machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray

from segmentation.embeddings.sizes import measured_wire_bytes
from segmentation.prompts import make_prompt
from segmentation.segmenters.base import Segmenter

IMAGE_HW = (1000, 1500)


@dataclass(frozen=True)
class Speed:
    """Medians."""

    load_seconds: float
    images_per_second: float  # encoded, in batches
    batch_size: int
    encode_ms: float  # one image alone
    decode_ms: float  # one click, prefill included: a browser does that once per image
    embedding_bytes: int  # on the wire

    def as_dict(self) -> dict[str, float]:
        return asdict(self)


def measure_speed(load: Callable[[], Segmenter], *, rounds: int) -> Speed:
    """Of 1,500 x 1,000 pixels of noise; each step `rounds` times, after one that does not count."""
    started = time.perf_counter()
    segmenter = load()
    load_seconds = time.perf_counter() - started
    images = _images(max(1, segmenter.batch_size))
    embedding = segmenter.encode(images[0])
    click = make_prompt([(IMAGE_HW[1] / 2, IMAGE_HW[0] / 2, 1)])
    segmenter.decode(embedding, click)
    alone = _median_seconds(lambda: segmenter.encode(images[0]), rounds)
    together = (
        _median_seconds(
            lambda: segmenter.encode_batch([segmenter.prepare(image) for image in images]), rounds
        )
        if len(images) > 1
        else alone
    )
    return Speed(
        load_seconds=load_seconds,
        images_per_second=len(images) / together,
        batch_size=len(images),
        encode_ms=1000 * alone,
        decode_ms=1000 * _median_seconds(lambda: segmenter.decode(embedding, click), rounds),
        embedding_bytes=measured_wire_bytes(embedding.tensors, segmenter.spec.codec),
    )


def _images(count: int) -> list[NDArray[np.uint8]]:
    generator = np.random.default_rng(0)
    return [generator.integers(0, 256, (*IMAGE_HW, 3), dtype=np.uint8) for _ in range(count)]


def _median_seconds(work: Callable[[], object], rounds: int) -> float:
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return median(seconds)
