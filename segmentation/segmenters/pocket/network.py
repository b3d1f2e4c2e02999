"""The pocket network in torch, and its weights as a safetensors file."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import nn

from segmentation.segmenters.pocket.config import PocketConfig
from segmentation.segmenters.pocket.decoder import Decoder
from segmentation.segmenters.pocket.encoder import Encoder


class PocketNetwork(nn.Module):
    def __init__(self, config: PocketConfig | None = None) -> None:
        super().__init__()
        self.config = config or PocketConfig()
        self.encoder = Encoder(self.config)
        self.decoder = Decoder(self.config)


def save_weights(network: PocketNetwork, path: Path, metadata: dict[str, str] | None = None) -> None:
    """Writes floating point tensors as fp16; counters of the batch norms are left out."""
    tensors = {
        name: value.detach().half().contiguous()
        for name, value in network.state_dict().items()
        if value.is_floating_point()
    }
    config = json.dumps(asdict(network.config))
    save_file(tensors, path, metadata={"config": config, **(metadata or {})})


def load_network(path: Path) -> PocketNetwork:
    """Network in evaluation mode, fp32, of the size that the file names."""
    with safe_open(path, framework="pt") as file:
        fields = json.loads((file.metadata() or {})["config"])
        network = PocketNetwork(config_from(fields))
        tensors = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118
    missing, unexpected = network.load_state_dict(tensors, strict=False)
    missing = [name for name in missing if not name.endswith("num_batches_tracked")]
    if missing or unexpected:
        raise ValueError(
            f"{path} does not fit the pocket network: missing {missing}, unexpected {unexpected}."
        )
    network.eval()
    return network


# Parts that begin as if they were not there (blocks.py, scores.py).
_IDENTITIES = ("encoder.attention.", "decoder.coarse.", "decoder.mask_scores.")


def begin_with(network: PocketNetwork, trained: PocketNetwork) -> None:
    """Weights of a network that may lack attention, far context or mask scores: the answers stay the same.

    Raises ValueError if the two differ elsewhere.
    """
    here, there = network.state_dict(), trained.state_dict()
    new = [name for name in here if name not in there and not name.startswith(_IDENTITIES)]
    other = [name for name, value in there.items() if name not in here or here[name].shape != value.shape]
    if new or other:
        raise ValueError(f"The networks are of different sizes: {', '.join([*new, *other][:5])}.")
    network.load_state_dict(there, strict=False)


def config_from(fields: dict[str, Any]) -> PocketConfig:
    """Lists, as JSON and TOML give them, become tuples."""
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in fields.items()}
    return PocketConfig(**values)


def count_parameters(module: nn.Module) -> int:
    return sum(parameter.numel() for parameter in module.parameters())


@torch.no_grad()
def blend_into(average: nn.Module, network: nn.Module, *, keep: float) -> None:
    """One step of an exponential moving average over weights and running statistics."""
    averaged = [v for v in average.state_dict().values() if v.is_floating_point()]
    current = [v for v in network.state_dict().values() if v.is_floating_point()]
    torch._foreach_lerp_(averaged, current, 1 - keep)
