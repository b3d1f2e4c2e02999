"""Checkpoints: what is read, and what is refused with a sentence that says why."""

from __future__ import annotations

import argparse
import json
import os
import pickle
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from segmentation.segmenters.checkpoint_files import read_checkpoint, read_tensors
from segmentation.segmenters.checkpoint_weights import build_without_weights, load_weights
from segmentation.segmenters.errors import CheckpointRefused
from segmentation.segmenters.families import load_network
from tests.segmentation.families.golden import read_golden
from tests.segmentation.families.seeded_weights import save_published, seeded_state

pytestmark = pytest.mark.more

WEIGHTS = {"first.weight": torch.arange(12.0).reshape(3, 4), "second.bias": torch.ones(3)}


class Harmful:
    """Unpickled carelessly it would make a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.folder),)


def assert_same(tensors: Any, expected: dict[str, Tensor]) -> None:
    assert tensors.keys() == expected.keys()
    assert all(torch.equal(tensors[name], tensor) for name, tensor in expected.items())


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("under", [None, "model", "state_dict"])
def test_file_of_torch_save_is_read_and_unwrapped(tmp_path: Path, under: str | None) -> None:
    assert_same(read_tensors(save_published(WEIGHTS, tmp_path / "a.pth", under=under)), WEIGHTS)


def test_file_of_an_old_torch_is_read(tmp_path: Path) -> None:
    torch.save(WEIGHTS, tmp_path / "a.pth", _use_new_zipfile_serialization=False)
    assert_same(read_tensors(tmp_path / "a.pth"), WEIGHTS)


@pytest.mark.parametrize("name", ["model.safetensors", "pytorch_model.bin", "only.pth"])
def test_folder_is_read_by_the_file_in_it(tmp_path: Path, name: str) -> None:
    if name.endswith("safetensors"):
        save_file(WEIGHTS, tmp_path / name)
    else:
        save_published(WEIGHTS, tmp_path / name)
    assert_same(read_tensors(tmp_path), WEIGHTS)


def sharded(folder: Path) -> None:
    files = {name: f"model-{number}-of-2.safetensors" for number, name in enumerate(WEIGHTS, 1)}
    for name, file in files.items():
        save_file({name: WEIGHTS[name]}, folder / file)
    (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": files}))


def test_folder_in_shards_is_read_whole(tmp_path: Path) -> None:
    sharded(tmp_path)
    assert_same(read_tensors(tmp_path), WEIGHTS)


def test_missing_shard_is_named(tmp_path: Path) -> None:
    sharded(tmp_path)
    (tmp_path / "model-2-of-2.safetensors").unlink()
    with pytest.raises(CheckpointRefused, match=r"lacks 1 of its 2 files, model-2-of-2.safetensors first"):
        read_tensors(tmp_path)


def test_shards_lie_in_the_folder(tmp_path: Path) -> None:
    index = {"weight_map": {"first.weight": "../elsewhere.safetensors"}}
    (tmp_path / "model.safetensors.index.json").write_text(json.dumps(index))
    with pytest.raises(CheckpointRefused, match="Download the folder again"):
        read_tensors(tmp_path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty. Download it again"),
        (b"<!doctype html><title>Sign in</title>", "is a web page"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0", "Git LFS"),
        (b"name,size\nsam,1\n", "is not a checkpoint"),
        (b"PK\x03\x04 but no archive", "truncated or damaged"),
        (b"\x80\x02 but no pickle", "is damaged, or no checkpoint of torch.save|truncated or damaged"),
    ],
)
def test_what_is_no_checkpoint_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(CheckpointRefused, match=says):
        read_tensors(written(tmp_path / "a.pth", content))


@pytest.mark.parametrize("name", ["a.pth", "old.pth", "a.safetensors"])
@pytest.mark.parametrize("part", [0.3, 0.9])
def test_truncated_file_is_refused(tmp_path: Path, name: str, part: float) -> None:
    path = tmp_path / name
    if name.endswith("safetensors"):
        save_file(WEIGHTS, path)
    else:
        torch.save(WEIGHTS, path, _use_new_zipfile_serialization=name != "old.pth")
    written(path, path.read_bytes()[: int(path.stat().st_size * part)])
    with pytest.raises(CheckpointRefused, match="truncated or damaged"):
        read_tensors(path)


@pytest.mark.parametrize("new_format", [True, False])
def test_pickle_with_code_is_refused_and_does_not_run(tmp_path: Path, new_format: bool) -> None:
    harmful = {"model": WEIGHTS, "extra": Harmful(tmp_path / "ran")}
    torch.save(harmful, tmp_path / "a.pth", _use_new_zipfile_serialization=new_format)
    with pytest.raises(CheckpointRefused, match=r"holds Python objects \(posix.mkdir\)"):
        read_tensors(tmp_path / "a.pth")
    written(tmp_path / "raw.pt", pickle.dumps(harmful["extra"]))
    with pytest.raises(CheckpointRefused):
        read_tensors(tmp_path / "raw.pt")
    assert not (tmp_path / "ran").exists()


def test_objects_beside_the_weights_are_named(tmp_path: Path) -> None:
    torch.save({"model": WEIGHTS, "args": argparse.Namespace(epochs=3)}, tmp_path / "a.pth")
    with pytest.raises(CheckpointRefused, match=r"argparse.Namespace.*safetensors"):
        read_tensors(tmp_path / "a.pth")


def test_file_without_tensors_is_refused(tmp_path: Path) -> None:
    torch.save({"epoch": 3}, tmp_path / "a.pth")
    with pytest.raises(CheckpointRefused, match="holds no tensors by name"):
        read_tensors(tmp_path / "a.pth")


def test_missing_file_and_empty_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(CheckpointRefused, match="There is no checkpoint at"):
        read_tensors(tmp_path / "nowhere.pth")
    with pytest.raises(CheckpointRefused, match="holds no checkpoint"):
        read_tensors(tmp_path)


def test_folder_with_several_checkpoints_asks_which(tmp_path: Path) -> None:
    for name in ("a.pth", "b.pth"):
        save_published(WEIGHTS, tmp_path / name)
    with pytest.raises(CheckpointRefused, match=r"several checkpoints \(a.pth, b.pth\)"):
        read_tensors(tmp_path)


def test_checkpoint_of_another_family_is_refused_by_name(tmp_path: Path) -> None:
    path = save_published(seeded_state(read_golden("mobile_sam").shapes), tmp_path / "mobile_sam.pt")
    with pytest.raises(CheckpointRefused, match=r"not a checkpoint of SAM: it looks like MobileSAM"):
        load_network("sam", path)


def test_checkpoint_of_no_family_shows_what_it_holds(tmp_path: Path) -> None:
    path = save_published(WEIGHTS, tmp_path / "a.pth")
    with pytest.raises(CheckpointRefused, match=r"2 tensors: first.weight, second.bias"):
        read_checkpoint(path, family="sam")


class Small(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(4, 3, bias=False)
        self.second = nn.BatchNorm1d(3)


def test_weights_are_loaded_as_float32_without_gradients() -> None:
    network = build_without_weights(Small)
    state = seeded_state(network.state_dict())
    halves = {name: tensor.half() if tensor.is_floating_point() else tensor for name, tensor in state.items()}
    load_weights(network, halves, path=Path("a.pth"))
    assert all(parameter.dtype == torch.float32 for parameter in network.parameters())
    assert not any(parameter.requires_grad for parameter in network.parameters())
    assert not network.training


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"first.weight": None}, "a.pth lacks 1 tensors: first.weight"),
        ({"third.weight": torch.ones(1)}, "a.pth has unexpected 1 tensors: third.weight"),
        ({"first.weight": torch.ones(4, 4)}, r"first.weight is \(4, 4\) instead of \(3, 4\)"),
    ],
)
def test_tensors_without_their_place_are_named(change: dict[str, Tensor | None], says: str) -> None:
    network = build_without_weights(Small)
    weights = seeded_state(network.state_dict()) | change
    complete = {name: tensor for name, tensor in weights.items() if tensor is not None}
    with pytest.raises(CheckpointRefused, match=says):
        load_weights(network, complete, path=Path("a.pth"))
