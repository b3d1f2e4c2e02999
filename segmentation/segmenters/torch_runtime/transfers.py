"""Pictures on their way to the device, while it encodes others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from segmentation.geometry import HW
from segmentation.segmenters.manifest import Pixels
from segmentation.segmenters.preprocessing import resize_picture


@dataclass(frozen=True, eq=False)
class Picture:
    """An image as the encoder sees it, still without normalisation and padding."""

    original_hw: HW
    values: Tensor  # (h, w, 3) 0..255, uint8 or float32, on the device
    arrived: torch.cuda.Event | None  # of a copy that may still be under way


class Transfers(Protocol):
    def send(self, image: NDArray[np.uint8], hw: HW, pixels: Pixels) -> Picture:
        """Resize an image (H, W, 3) to `hw` and send it. Runs in any thread."""
        ...

    def receive(self, picture: Picture) -> Tensor:
        """The values, safe to work with in the calling thread's stream."""
        ...


class NoTransfers:
    """The encoder runs on the CPU: its memory is the device's."""

    def send(self, image: NDArray[np.uint8], hw: HW, pixels: Pixels) -> Picture:
        values = torch.from_numpy(np.array(resize_picture(image, hw, pixels)))  # writable, as torch wants
        return Picture((image.shape[0], image.shape[1]), values, arrived=None)

    def receive(self, picture: Picture) -> Tensor:
        return picture.values


class GpuTransfers:
    """Copies from pinned memory on a stream of their own, beside the kernels of the batch before.

    Filters that work in float run on the GPU, on the same stream, so that only small pictures wait there.
    Pillow's rounds to 8 bits between its passes, which nothing on a GPU does: it stays on the CPU.
    """

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._stream = torch.cuda.Stream(device)

    def send(self, image: NDArray[np.uint8], hw: HW, pixels: Pixels) -> Picture:
        on_cpu = pixels.interpolation == "pillow"
        source = resize_picture(image, hw, pixels) if on_cpu else image
        pinned = torch.from_numpy(np.array(source)).pin_memory()
        with torch.cuda.device(self._device), torch.cuda.stream(self._stream):
            values = pinned.to(self._device, non_blocking=True)
            if not on_cpu:
                values = resized_on_device(values, hw, pixels)
            arrived = torch.cuda.Event()
            arrived.record(self._stream)
        return Picture((image.shape[0], image.shape[1]), values, arrived)

    def receive(self, picture: Picture) -> Tensor:
        if picture.arrived is not None:
            encoding = torch.cuda.current_stream(self._device)
            encoding.wait_event(picture.arrived)
            # Its memory must not be given away while the encoding stream reads it.
            picture.values.record_stream(encoding)
        return picture.values


def resized_on_device(values: Tensor, hw: HW, pixels: Pixels) -> Tensor:
    """(H, W, 3) uint8 -> (h, w, 3) float32 by the "antialias" or "plain" rule, on the device of `values`."""
    planes = values.permute(2, 0, 1)[None].float()
    antialias = pixels.interpolation == "antialias"
    resized = functional.interpolate(planes, hw, mode="bilinear", align_corners=False, antialias=antialias)
    return resized[0].permute(1, 2, 0)


def transfers_to(device: torch.device) -> Transfers:
    return GpuTransfers(device) if device.type == "cuda" else NoTransfers()


def normalised_batch(pictures: list[Tensor], pixels: Pixels) -> Tensor:
    """(B, 3, h, w) float32 of pictures (h, w, 3) with values 0..255, zeros below and to the right."""
    device = pictures[0].device
    mean = torch.tensor(pixels.mean, device=device) * 255
    std = torch.tensor(pixels.std, device=device) * 255
    height, width = pictures[0].shape[:2]
    padded_hw = (height, width) if pixels.padded_side is None else (pixels.padded_side,) * 2
    batch = torch.zeros(len(pictures), 3, *padded_hw, device=device)
    for planes, picture in zip(batch, pictures, strict=True):
        normalised = (picture.float() - mean) / std
        planes[:, : picture.shape[0], : picture.shape[1]] = normalised.permute(2, 0, 1)
    return batch
