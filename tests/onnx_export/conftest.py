"""A small network with seeded random weights. Without torch its tests cannot even be read."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from segmentation.segmenters.pocket.config import PocketConfig

if TYPE_CHECKING:
    from segmentation.segmenters.pocket.network import PocketNetwork

# They carry the mark `more`, which `make test-more` runs after it has installed torch.
collect_ignore = [] if find_spec("torch") else ["test_pocket_export.py"]

SMALL = PocketConfig(
    channels=(8, 12, 16, 16),
    blocks=(1, 1, 1, 1),
    pyramid_channels=16,
    lateral_channels=8,
    embedding_channels=16,
    fine_channels=8,
    heads=2,
    trunk_channels=12,
    middle_channels=12,
    head_channels=8,
    iou_hidden=16,
)


@pytest.fixture(scope="session")
def network() -> PocketNetwork:
    """Random weights and statistics, so that every branch of the graphs has a say."""
    import torch

    from segmentation.segmenters.pocket.network import PocketNetwork

    torch.manual_seed(0)
    network = PocketNetwork(SMALL).eval()
    for name, tensor in network.state_dict().items():
        if name.endswith(("running_mean", "bias")):
            tensor.normal_(0, 0.2)
        elif name.endswith("running_var") or "norm.weight" in name:
            tensor.uniform_(0.5, 1.5)
    return network
