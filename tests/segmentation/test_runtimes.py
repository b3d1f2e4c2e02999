"""MASKWRIGHT_ENCODER: which runtime encodes."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.segmenters import runtimes
from segmentation.segmenters.base import SegmenterSpec
from segmentation.segmenters.runtimes import RuntimeUnavailable, choose_runtime

WITH_CHECKPOINT = SegmenterSpec("vit", "sam", "", Path("manifest.json"), "fp16-1", checkpoint_path=Path("c"))
GRAPHS_ONLY = SegmenterSpec("vit", "sam", "", Path("manifest.json"), "fp16-1")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """What the machine has; a test changes it."""
    has = {"torch": True, "gpu": False, "bfloat16": False}
    monkeypatch.setattr(runtimes, "_torch_is_installed", lambda: has["torch"])
    monkeypatch.setattr(runtimes, "_has_gpu", lambda: has["gpu"])
    monkeypatch.setattr(runtimes, "cpu_multiplies_bfloat16", lambda: has["bfloat16"])
    monkeypatch.delenv(runtimes.VARIABLE, raising=False)
    return has


@pytest.mark.parametrize(
    ("has", "runtime"),
    [
        ({}, "onnxruntime"),
        ({"gpu": True}, "torch"),
        ({"bfloat16": True}, "torch"),
        ({"gpu": True, "bfloat16": True, "torch": False}, "onnxruntime"),
    ],
)
def test_auto_takes_torch_where_it_is_quicker(
    machine: dict[str, bool], has: dict[str, bool], runtime: str
) -> None:
    machine |= has
    assert choose_runtime(WITH_CHECKPOINT) == runtime
    assert choose_runtime(GRAPHS_ONLY) == "onnxruntime", "torch needs the checkpoint"


@pytest.mark.parametrize("wanted", ["onnxruntime", "torch"])
def test_what_is_asked_for_is_taken(
    machine: dict[str, bool], monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    monkeypatch.setenv(runtimes.VARIABLE, wanted)
    assert choose_runtime(WITH_CHECKPOINT) == wanted


def test_what_cannot_be_had_is_refused_with_what_to_do(machine: dict[str, bool]) -> None:
    with pytest.raises(RuntimeUnavailable, match="Set it to auto"):
        choose_runtime(WITH_CHECKPOINT, "tensorflow")
    machine["torch"] = False
    with pytest.raises(RuntimeUnavailable, match="make torch"):
        choose_runtime(WITH_CHECKPOINT, "torch")
