"""The lock files: everything pinned, nothing contradicts another file, no build for one kind of machine."""

import re
from pathlib import Path

import pytest

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-torch.txt")


def _pins(path: Path) -> dict[str, str]:
    lines = [line for line in path.read_text().splitlines() if line and not line.lstrip().startswith("#")]
    pins = dict(line.split("==") for line in lines)
    assert len(pins) == len(lines)
    return pins


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_is_pinned_to_a_plain_version(repository: Path, lock: str) -> None:
    for name, version in _pins(repository / lock).items():
        assert re.fullmatch(r"[a-z0-9-]+", name), name
        assert re.fullmatch(r"\d+(\.\w+)+", version), f"{name} {version}"


def test_locks_agree(repository: Path) -> None:
    first, *others = [_pins(repository / lock) for lock in LOCKS]
    for other in others:
        assert {name: version for name, version in other.items() if first.get(name, version) != version} == {}


def test_torch_comes_without_a_build_for_some_gpu_and_without_what_needs_one(repository: Path) -> None:
    names = set(_pins(repository / "requirements-torch.txt"))
    assert {"torch", "transformers", "huggingface-hub", "onnx"} <= names
    assert not {name for name in names if name.startswith(("nvidia", "torchvision", "timm", "triton"))}


@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_asked_for_is_pinned(repository: Path, lock: str) -> None:
    wanted = (repository / lock).with_suffix(".in").read_text().splitlines()
    names = [re.split(r"[\[=~<>]", line)[0] for line in wanted if line and not line.startswith(("#", "-c"))]
    pinned = _pins(repository / lock)
    assert {name for name in names if name.lower().replace("_", "-") not in pinned} == set()
