"""Checkpoints as their authors publish them, read without running anything that they contain.

A checkpoint is a `.pth` / `.pt` / `.bin` file of `torch.save`, a `.safetensors` file, or a folder: one of
Hugging Face (`config.json` beside `model.safetensors`, its shards, or `pytorch_model.bin`), or any folder
that holds a single such file. Pickles are read with `weights_only`: tensors and plain containers, no code.
"""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from segmentation.segmenters.errors import CheckpointRefused
from segmentation.segmenters.families import Family, get_family, recognised_families, recognises

SUFFIXES = (".safetensors", ".pth", ".pt", ".bin")
FOLDER_FILES = (
    "model.safetensors",
    "model.safetensors.index.json",
    "pytorch_model.bin",
    "pytorch_model.bin.index.json",
)
WRAPPERS = ("model", "state_dict", "model_state_dict")  # keys under which training code keeps the weights
ZIP_START = b"PK\x03\x04"
PICKLE_START = b"\x80"


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """Published weights by name; large files stay on disk until a tensor is used (memory map)."""

    path: Path
    tensors: Mapping[str, Tensor]
    config: Mapping[str, Any] | None  # config.json of a Hugging Face folder


def read_checkpoint(path: Path, *, family: str) -> Checkpoint:
    """The checkpoint at `path`, which is known to be of the family by the names of its tensors.

    Raises CheckpointRefused: not there, empty, truncated, no checkpoint, code in the pickle, another family.
    """
    checkpoint = Checkpoint(path, read_tensors(path), _config(path))
    if not recognises(get_family(family), checkpoint.tensors):
        raise CheckpointRefused(_other_family_message(checkpoint, get_family(family)))
    return checkpoint


def read_tensors(path: Path) -> dict[str, Tensor]:
    """State dict of a file or folder. Raises CheckpointRefused."""
    if not path.is_dir():
        return _read_file(path)
    chosen = _file_in(path)
    if chosen.suffix != ".json":
        return _read_file(chosen)
    tensors: dict[str, Tensor] = {}
    for shard in _shards(chosen):
        tensors |= _read_file(shard)
    return tensors


def _other_family_message(checkpoint: Checkpoint, wanted: Family) -> str:
    refusal = f"{checkpoint.path.name} is not a checkpoint of {wanted.title}"
    looks = recognised_families(checkpoint.tensors)
    if looks:
        names = " or ".join(f"{other.title} (--family {other.name})" for other in looks)
        return f"{refusal}: it looks like {names}."
    examples = ", ".join(sorted(checkpoint.tensors)[:3])
    return (
        f"{refusal}, nor of another family known here "
        f"(it holds {len(checkpoint.tensors)} tensors: {examples}, …). Is it the file as published?"
    )


def _file_in(folder: Path) -> Path:
    for name in FOLDER_FILES:
        if (folder / name).is_file():
            return folder / name
    files = [path for path in sorted(folder.iterdir()) if path.suffix in SUFFIXES and path.is_file()]
    if len(files) == 1:
        return files[0]
    if files:
        names = ", ".join(path.name for path in files)
        raise CheckpointRefused(f"{folder.name} holds several checkpoints ({names}). Name one of them.")
    raise CheckpointRefused(
        f"{folder.name} holds no checkpoint. A Hugging Face folder has config.json and model.safetensors."
    )


def _shards(index: Path) -> list[Path]:
    try:
        names = sorted(set(json.loads(index.read_bytes())["weight_map"].values()))
        if any(Path(name).name != name for name in names):
            raise ValueError("a shard lies beside its index")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CheckpointRefused(
            f"{index.name} is not an index of shards. Download the folder again."
        ) from error
    missing = [name for name in names if not (index.parent / name).is_file()]
    if missing:
        raise CheckpointRefused(
            f"{index.parent.name} lacks {len(missing)} of its {len(names)} files, {missing[0]} first. "
            "Finish the download."
        )
    return [index.parent / name for name in names]


def _config(path: Path) -> Mapping[str, Any] | None:
    file = path / "config.json"
    if not path.is_dir() or not file.is_file():
        return None
    try:
        content = json.loads(file.read_bytes())
    except ValueError as error:
        raise CheckpointRefused(f"{path.name}/config.json is not JSON. Download the folder again.") from error
    if not isinstance(content, dict):
        raise CheckpointRefused(f"{path.name}/config.json describes no model. Download the folder again.")
    return content


def _read_file(path: Path) -> dict[str, Tensor]:
    try:
        with path.open("rb") as stream:
            start = stream.read(64)
    except FileNotFoundError as error:
        raise CheckpointRefused(f"There is no checkpoint at {path}.") from error
    except OSError as error:
        raise CheckpointRefused(f"{path} cannot be read ({error.strerror}).") from error
    if not start:
        raise CheckpointRefused(f"{path.name} is empty. Download it again.")
    if start.startswith(b"version https://git-lfs"):
        raise CheckpointRefused(f"{path.name} only points to the real file. Fetch it with Git LFS.")
    if start.lstrip().startswith(b"<"):
        raise CheckpointRefused(f"{path.name} is a web page, not a checkpoint. Download the file itself.")
    if start.startswith((ZIP_START, PICKLE_START)):
        return _state_dict(_unpickled(path, is_zip=start.startswith(ZIP_START)), path)
    return _safetensors(path)


def _safetensors(path: Path) -> dict[str, Tensor]:
    try:
        return load_file(path)
    except SafetensorError as error:
        # A zip or a pickle was recognised by its first bytes; all else could only be safetensors.
        if path.suffix == ".safetensors":
            raise CheckpointRefused(
                f"{path.name} is truncated or damaged. Download it again and compare its size and sha256."
            ) from error
        raise CheckpointRefused(
            f"{path.name} is not a checkpoint (neither torch.save nor safetensors)."
        ) from error


def _unpickled(path: Path, *, is_zip: bool) -> object:
    try:
        # Only the zip format, torch.save's since 1.6, can be mapped.
        return torch.load(path, map_location="cpu", weights_only=True, mmap=is_zip)
    except pickle.UnpicklingError as error:
        raise CheckpointRefused(_unpickling_message(path, str(error))) from error
    except (RuntimeError, EOFError, OSError, KeyError, ValueError, IndexError, AssertionError) as error:
        if "TorchScript" in str(error):  # a program, not a state dict
            raise CheckpointRefused(
                f"{path.name} is a TorchScript program, which runs when loaded. Take the weights instead."
            ) from error
        raise CheckpointRefused(
            f"{path.name} is truncated or damaged. Download it again and compare its size and sha256."
        ) from error


def _unpickling_message(path: Path, reason: str) -> str:
    named = re.search(r"GLOBAL (\w[\w.]*\w)", reason)  # torch's unpickler names what it would have to import
    if named:
        return (
            f"{path.name} holds Python objects ({named[1]}) beside its weights and could run code "
            "when loaded. Only files of tensors are taken: ask for a safetensors file or a plain state dict."
        )
    return f"{path.name} is damaged, or no checkpoint of torch.save. Download it again."


def _state_dict(content: object, path: Path) -> dict[str, Tensor]:
    for key in WRAPPERS:
        if isinstance(content, Mapping) and isinstance(content.get(key), Mapping):
            content = content[key]
    if isinstance(content, Mapping):
        tensors = {str(name): value for name, value in content.items() if isinstance(value, Tensor)}
        if tensors:
            return tensors
    raise CheckpointRefused(f"{path.name} holds no tensors by name. Is it the file with the weights?")
