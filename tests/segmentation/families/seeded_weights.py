"""Random weights for published names and shapes, the same on every machine.

Each tensor comes from NumPy's PCG64 seeded by the tensor's own name, so that it depends neither on the
order of the tensors nor on the version of torch. Scales are such that activations neither vanish nor grow.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

# Embeddings of tokens and labels, and frequencies of a positional encoding: every row is a vector by itself.
VECTORS = re.compile(r"(tokens?|embed|point_embeddings\.\d+)\.weight$|positional|no_mem")
SPREAD = 0.1  # of biases, of the gains of norms around 1, and of tables of relative positions


def seeded_state(shapes: Mapping[str, Tensor | torch.Size | tuple[int, ...]]) -> dict[str, Tensor]:
    """Weights for a state dict's names and shapes (its tensors may be on the meta device)."""
    return {name: seeded_tensor(name, tuple(getattr(of, "shape", of))) for name, of in shapes.items()}


def seeded_tensor(name: str, shape: tuple[int, ...]) -> Tensor:
    """One tensor of the kind that its name and shape tell."""
    if name.endswith("num_batches_tracked"):
        return torch.tensor(1000)
    noise = np.random.default_rng(zlib.crc32(name.encode())).standard_normal(shape, dtype=np.float32)
    return torch.from_numpy(np.asarray(_scaled(name, shape, noise), np.float32))


def fill_seeded(network: nn.Module) -> dict[str, Tensor]:
    """Gives a network seeded weights; answers them. Its state dict has the official names."""
    weights = seeded_state(network.state_dict())
    network.load_state_dict(weights)
    network.eval()
    return weights


def save_published(weights: Mapping[str, Tensor], path: Path, *, under: str | None = None) -> Path:
    """As `torch.save` writes it; `under` is the key that wraps the weights in some published files."""
    torch.save(dict(weights) if under is None else {under: dict(weights)}, path)
    return path


def _scaled(name: str, shape: tuple[int, ...], noise: np.ndarray) -> np.ndarray:
    if name.endswith("running_var"):
        return 1 + SPREAD * np.abs(noise)
    if "rel_pos" in name or "bias" in name or name.endswith(("running_mean", "pos_embed")):
        return SPREAD * noise
    if len(shape) <= 1:
        return 1 + SPREAD * noise  # gain of a norm
    if VECTORS.search(name):
        return noise
    return noise / math.sqrt(math.prod(shape[1:]))  # linear maps and convolutions keep the variance
