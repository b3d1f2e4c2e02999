"""Where an encoder runs and how precisely."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import ClassVar

import torch

from segmentation.errors import SegmentationError
from segmentation.segmenters.runtimes import cpu_multiplies_bfloat16

DEVICE_VARIABLE = "MASKWRIGHT_DEVICE"


class DeviceUnavailable(SegmentationError):
    code: ClassVar[str] = "device_unavailable"


@dataclass(frozen=True)
class Placement:
    """A device, and the type in which it multiplies."""

    device: torch.device
    dtype: torch.dtype

    @property
    def is_gpu(self) -> bool:
        return self.device.type == "cuda"


def choose_placement(wanted: str | None = None) -> Placement:
    """By `MASKWRIGHT_DEVICE`: auto (a GPU where there is one), cpu, cuda, cuda:1.

    bfloat16 where the device multiplies it, else float32. Raises DeviceUnavailable.
    """
    wanted = wanted or os.environ.get(DEVICE_VARIABLE, "auto")
    if wanted == "auto":
        wanted = "cuda" if torch.cuda.is_available() else "cpu"
    try:
        device = torch.device(wanted)
    except RuntimeError as error:
        raise DeviceUnavailable(
            f'{DEVICE_VARIABLE} is "{wanted}". Set it to auto, cpu, cuda, or cuda:1 and the like.'
        ) from error
    if device.type == "cpu":
        return Placement(device, torch.bfloat16 if cpu_multiplies_bfloat16() else torch.float32)
    _check_gpu(device)
    return Placement(device, torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32)


def _check_gpu(device: torch.device) -> None:
    count = torch.cuda.device_count() if torch.cuda.is_available() else 0
    if device.type != "cuda" or (device.index or 0) >= count:
        raise DeviceUnavailable(
            f'{DEVICE_VARIABLE} is "{device}", but torch sees {count} CUDA devices here. '
            "Check the driver and that torch is the build for CUDA, or set it to cpu."
        )
