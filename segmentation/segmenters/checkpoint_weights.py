"""Published weights into a network: every tensor has its place and its shape, or the file is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import torch
from torch import Tensor, nn

from segmentation.segmenters.errors import CheckpointRefused

SHOWN = 3  # names in a message

Network = TypeVar("Network", bound=nn.Module)


def build_without_weights(make: Callable[[], Network]) -> Network:
    """A network whose parameters take no memory until `load_weights` puts the published ones there.

    What is a plain attribute or a buffer that state dicts leave out must not be computed in constructors.
    """
    with torch.device("meta"):
        return make().eval()


def load_weights(network: nn.Module, weights: Mapping[str, Tensor], *, path: Path) -> None:
    """Puts `weights` (names as in `network.state_dict()`) into the network, as float32, without gradients.

    float32 tensors are taken as they are, so that a memory-mapped file is not copied.
    Raises CheckpointRefused where names are missing or unexpected or shapes differ.
    """
    expected = network.state_dict()
    _refuse_names("lacks", expected.keys() - weights.keys(), path)
    _refuse_names("has unexpected", weights.keys() - expected.keys(), path)
    wrong = {
        f"{name} is {tuple(weights[name].shape)} instead of {tuple(tensor.shape)}"
        for name, tensor in expected.items()
        if weights[name].shape != tensor.shape
    }
    if wrong:
        raise CheckpointRefused(
            f"{path.name} has {len(wrong)} tensors of another shape: {_some(wrong)}. "
            "Is it a variant that this family does not have?"
        )
    network.load_state_dict({name: _as_float32(tensor) for name, tensor in weights.items()}, assign=True)
    network.requires_grad_(requires_grad=False)


def renamed(tensors: Mapping[str, Tensor], rules: Sequence[tuple[str, str]]) -> dict[str, Tensor]:
    """Tensors under other names: every rule (pattern, replacement) of `re.sub`, in order, on every name."""
    under_new_names = {}
    for name, tensor in tensors.items():
        for pattern, replacement in rules:
            name = re.sub(pattern, replacement, name)
        under_new_names[name] = tensor
    return under_new_names


def _as_float32(tensor: Tensor) -> Tensor:
    return tensor.float() if tensor.is_floating_point() else tensor


def _refuse_names(what: str, names: Iterable[str], path: Path) -> None:
    found = set(names)
    if found:
        raise CheckpointRefused(
            f"{path.name} {what} {len(found)} tensors: {_some(found)}. "
            "Is it complete, and of this family and variant?"
        )


def _some(names: Iterable[str]) -> str:
    ordered = sorted(names)
    return ", ".join(ordered[:SHOWN]) + (", …" if len(ordered) > SHOWN else "")
