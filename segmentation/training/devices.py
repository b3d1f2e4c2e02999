"""Where training runs and in which precision."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import torch

Precision = Literal["auto", "bf16", "fp32"]
CPU_FLAGS = Path("/proc/cpuinfo")


@dataclass(frozen=True)
class Device:
    torch: torch.device
    bf16: bool

    def autocast(self) -> AbstractContextManager[None]:
        return torch.autocast(self.torch.type, torch.bfloat16, enabled=self.bf16)

    @property
    def is_gpu(self) -> bool:
        return bool(self.torch.type != "cpu")


CPU_FP32 = Device(torch.device("cpu"), bf16=False)


def choose_device(name: str = "auto", precision: Precision = "auto") -> Device:
    """bf16 on a GPU; on a CPU only if it multiplies bf16 itself, else autocast makes training slower."""
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    device = torch.device(name)
    if precision == "auto":
        return Device(device, bf16=device.type != "cpu" or cpu_multiplies_bf16())
    return Device(device, bf16=precision == "bf16")


def cpu_multiplies_bf16(flags: Path = CPU_FLAGS) -> bool:
    """Whether the processor has AVX512-BF16 or AMX. Where that cannot be known: no."""
    try:
        words = set(flags.read_text(encoding="utf-8").split())
    except OSError:
        return False
    return bool(words & {"avx512_bf16", "amx_bf16"})
