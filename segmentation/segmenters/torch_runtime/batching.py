"""Batches that fit into the device's memory: halved when they do not, and from then on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar

import torch

from segmentation.errors import SegmentationError

logger = logging.getLogger(__name__)

Item = TypeVar("Item")
Result = TypeVar("Result")


class EncoderOutOfMemory(SegmentationError):
    code: ClassVar[str] = "encoder_out_of_memory"


class FittingBatches:
    """Runs a function on batches of at most `size` items. Works on any device whose torch says
    `torch.OutOfMemoryError`."""

    def __init__(self, size: int, *, release: Callable[[], None]) -> None:
        """`release` hands the device's cached memory back before a batch is tried again."""
        self.size = size
        self._release = release
        self._said = False

    def run(self, items: Sequence[Item], function: Callable[[Sequence[Item]], list[Result]]) -> list[Result]:
        """One result for each item, in their order.

        Raises EncoderOutOfMemory when not even one item fits. What was done before stays done.
        """
        results: list[Result] = []
        while len(results) < len(items):
            batch = items[len(results) : len(results) + self.size]
            done = self._try(batch, function)
            if done is None:
                self._halve(len(batch))
            else:
                results += done
        return results

    def _try(
        self, batch: Sequence[Item], function: Callable[[Sequence[Item]], list[Result]]
    ) -> list[Result] | None:
        """None when the memory was not enough. The error is gone then, and the tensors that it held."""
        try:
            return function(batch)
        except torch.OutOfMemoryError as error:
            if len(batch) == 1:
                raise EncoderOutOfMemory(
                    "The device has not enough memory for one image. Let nothing else run on it, choose a "
                    "smaller segmenter for the project, or set MASKWRIGHT_DEVICE=cpu."
                ) from error
            return None

    def _halve(self, too_many: int) -> None:
        self.size = too_many // 2
        self._release()
        if not self._said:
            self._said = True
            logger.warning("%s images at once do not fit into memory; trying %s", too_many, self.size)
