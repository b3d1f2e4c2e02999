"""A network's encoder on one device: pictures in, embeddings out, in batches that fit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from segmentation.geometry import HW
from segmentation.segmenters.base import ImageEmbedding
from segmentation.segmenters.manifest import InputRule, Pixels
from segmentation.segmenters.preprocessing import input_hw, picture_hw
from segmentation.segmenters.promptable import PromptableNetwork
from segmentation.segmenters.torch_runtime.batching import FittingBatches
from segmentation.segmenters.torch_runtime.placement import Placement
from segmentation.segmenters.torch_runtime.quickening import is_quick, quickened
from segmentation.segmenters.torch_runtime.transfers import Picture, normalised_batch, transfers_to

GPU_BATCH = 8  # images; more gain little where each has thousands of tokens. Halved where they do not fit
CPU_BATCH = 1  # measured: a batch takes as long as its images one after the other, and more memory


class TorchEncoder:
    """Takes the network over: its encoder is prepared for the device in place."""

    def __init__(
        self, network: PromptableNetwork, placement: Placement, *, batch_size: int | None = None
    ) -> None:
        self._rule: InputRule = network.input
        self._pixels: Pixels = _pixels_of(network)
        self._names = [tensor.name for tensor in network.embedding]
        self._placement = placement
        self._module = quickened(network.encoder, device=placement.device, dtype=placement.dtype)
        self._autocast = placement.dtype != torch.float32 and not is_quick(self._module)
        self._transfers = transfers_to(placement.device)
        size = batch_size or (GPU_BATCH if placement.is_gpu else CPU_BATCH)
        self._batches = FittingBatches(size, release=_release_cached_memory)

    @property
    def batch_size(self) -> int:
        return self._batches.size

    def prepare(self, image: NDArray[np.uint8]) -> Picture:
        """Resize an image (H, W, 3) RGB and send it to the device. Runs in any thread."""
        hw = picture_hw(self._rule, (image.shape[0], image.shape[1]))
        return self._transfers.send(image, hw, self._pixels)

    def encode(self, pictures: Sequence[Picture]) -> list[ImageEmbedding]:
        """In their order. Raises EncoderOutOfMemory."""
        return self._batches.run(pictures, self._encode_together)

    @torch.inference_mode()
    def _encode_together(self, pictures: Sequence[Picture]) -> list[ImageEmbedding]:
        placement = self._placement
        values = [self._transfers.receive(picture) for picture in pictures]
        batch = normalised_batch(values, self._pixels)
        with torch.autocast(placement.device.type, dtype=placement.dtype, enabled=self._autocast):
            tensors = self._module(batch)
        arrays = [tensor.float().cpu().numpy() for tensor in tensors]
        return [
            self._embedding(picture.original_hw, [array[index : index + 1] for array in arrays])
            for index, picture in enumerate(pictures)
        ]

    def _embedding(self, original_hw: HW, arrays: Sequence[NDArray[np.float32]]) -> ImageEmbedding:
        tensors = dict(zip(self._names, arrays, strict=True))
        return ImageEmbedding(original_hw, input_hw(self._rule, original_hw), tensors)


def _pixels_of(network: PromptableNetwork) -> Pixels:
    if network.input.pixels is None:
        raise ValueError(f"{network.family} does not say what its encoder sees")
    return network.input.pixels


def _release_cached_memory() -> None:
    """Does nothing without a GPU: a CPU's memory is free as soon as the tensors are gone."""
    if torch.cuda.is_initialized():
        torch.cuda.empty_cache()
