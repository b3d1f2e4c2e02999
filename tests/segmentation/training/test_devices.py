"""bf16 only where it is faster."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from segmentation.training.devices import choose_device, cpu_multiplies_bf16

pytestmark = pytest.mark.more


@pytest.mark.parametrize(
    ("flags", "expected"),
    [("flags : sse2 avx2 avx512f", False), ("flags : avx512f avx512_bf16", True), ("flags: amx_bf16", True)],
)
def test_a_processor_is_asked_for_bf16(tmp_path: Path, flags: str, expected: bool) -> None:
    (tmp_path / "cpuinfo").write_text(f"model name : some\n{flags}\n")
    assert cpu_multiplies_bf16(tmp_path / "cpuinfo") is expected


def test_where_nothing_is_known_it_has_none(tmp_path: Path) -> None:
    assert not cpu_multiplies_bf16(tmp_path / "absent")


def test_precision_can_be_chosen() -> None:
    assert not choose_device("cpu", "fp32").bf16
    device = choose_device("cpu", "bf16")
    with device.autocast():
        assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype == torch.bfloat16
