"""Batches that do not fit are halved. The allocator is a network that refuses more than it has room for."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import pytest
import torch

from segmentation.segmenters.torch_runtime.batching import EncoderOutOfMemory, FittingBatches

pytestmark = pytest.mark.more


class Device:
    """Doubles numbers, at most `room` at once, as a GPU whose memory is full refuses more."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.tried: list[int] = []
        self.released = 0

    def double(self, numbers: Sequence[int]) -> list[int]:
        self.tried.append(len(numbers))
        if len(numbers) > self.room:
            raise torch.OutOfMemoryError("tried to allocate 20 GiB")
        return [2 * number for number in numbers]

    def release(self) -> None:
        self.released += 1


@pytest.mark.parametrize(
    ("room", "tried"),
    [(8, [8, 2]), (4, [8, 4, 4, 2]), (3, [8, 4, 2, 2, 2, 2, 2]), (1, [8, 4, 2, *[1] * 10])],
)
def test_the_batch_is_halved_until_it_fits_and_stays_so(room: int, tried: list[int]) -> None:
    device = Device(room)
    batches = FittingBatches(8, release=device.release)
    assert batches.run(range(10), device.double) == [2 * number for number in range(10)]
    assert device.tried == tried
    assert batches.size == min(8, max(size for size in tried if size <= room))


def test_a_later_run_starts_with_what_fitted(caplog: pytest.LogCaptureFixture) -> None:
    device = Device(2)
    batches = FittingBatches(8, release=device.release)
    with caplog.at_level(logging.WARNING):
        batches.run(range(8), device.double)
        device.tried.clear()
        batches.run(range(4), device.double)
    assert device.tried == [2, 2]
    assert device.released == 2
    assert len(caplog.records) == 1, "it is said once"
    assert "8 images at once do not fit" in caplog.text


def test_a_batch_that_was_smaller_than_allowed_is_halved_itself() -> None:
    device = Device(2)
    batches = FittingBatches(8, release=device.release)
    batches.run(range(3), device.double)
    assert device.tried == [3, 1, 1, 1]


def test_one_image_that_does_not_fit_is_told_what_to_do() -> None:
    device = Device(0)
    batches = FittingBatches(2, release=device.release)
    with pytest.raises(EncoderOutOfMemory, match="smaller segmenter"):
        batches.run([1], device.double)


def test_other_errors_pass() -> None:
    def broken(_: Sequence[int]) -> list[int]:
        raise ValueError("not the memory")

    with pytest.raises(ValueError, match="not the memory"):
        FittingBatches(2, release=lambda: None).run([1, 2], broken)
