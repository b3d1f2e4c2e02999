"""A look into files without torch: whole or not, tensors only or not."""

from __future__ import annotations

import json
import pickle
import zipfile
from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save

from segmentation.checkpoints.examining import examine
from segmentation.segmenters.errors import CheckpointRefused


class Attack:
    def __reduce__(self) -> Any:
        return (exec, ("raise SystemExit('this ran')",))


def _zipped(path: Path, content: object, *, protocol: int = 2) -> Path:
    """As torch.save lays it out."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps(content, protocol=protocol))
        archive.writestr("archive/data/0", bytes(64))
    return path


def test_whole_files_of_tensors_pass(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(save({"weight": np.zeros((2, 3), np.float32)}))
    examine(tmp_path)
    examine(_zipped(tmp_path / "weights.pth", OrderedDict(a=1)))
    legacy = tmp_path / "legacy.pth"
    parts = (119547037146038801333356, 1001, {"little_endian": True}, OrderedDict(a=1), ["0"])
    legacy.write_bytes(b"".join(pickle.dumps(part, protocol=2) for part in parts) + bytes(32))
    examine(legacy)


@pytest.mark.parametrize("protocol", [0, 2, 4])
def test_code_in_a_pickle_is_refused_and_not_run(tmp_path: Path, protocol: int) -> None:
    path = _zipped(tmp_path / "evil.pth", {"weight": Attack()}, protocol=protocol)
    with pytest.raises(CheckpointRefused, match="could run code"):
        examine(path)


def test_code_in_a_pickle_of_the_old_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "evil.pt"
    parts: tuple[object, ...] = (119547037146038801333356, 1001, {}, {"weight": Attack()}, ["0"])
    path.write_bytes(b"".join(pickle.dumps(part, protocol=2) for part in parts))
    with pytest.raises(CheckpointRefused, match=r"__builtin__\.exec.*could run code"):
        examine(path)


def test_torchscript_is_refused(tmp_path: Path) -> None:
    path = _zipped(tmp_path / "script.pt", {})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("archive/constants.pkl", pickle.dumps((), protocol=2))
    with pytest.raises(CheckpointRefused, match="TorchScript"):
        examine(path)


@pytest.mark.parametrize("kept", [0.3, 0.9, 0.999])
@pytest.mark.parametrize("suffix", [".safetensors", ".pth"])
def test_a_truncated_file_is_refused(tmp_path: Path, suffix: str, kept: float) -> None:
    path = tmp_path / f"weights{suffix}"
    if suffix == ".pth":
        _zipped(path, OrderedDict(weight=list(range(1000))))
    else:
        path.write_bytes(save({"weight": np.zeros((200, 3), np.float32)}))
    content = path.read_bytes()
    path.write_bytes(content[: int(kept * len(content))])
    with pytest.raises(CheckpointRefused, match="truncated or damaged"):
        examine(path)


@pytest.mark.parametrize("content", [b"", b"<html>", b"GIF89a" + bytes(20), json.dumps({"a": 1}).encode()])
def test_what_is_no_checkpoint_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "weights.pth"
    path.write_bytes(content)
    with pytest.raises(CheckpointRefused, match="not a checkpoint"):
        examine(path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckpointRefused, match="holds no checkpoint"):
        examine(tmp_path)
