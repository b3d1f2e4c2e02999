"""A small network with seeded random weights. Without torch its tests cannot even be read."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from tests.segmentation.small_pocket import SMALL_POCKET

if TYPE_CHECKING:
    from segmentation.segmenters.pocket.network import PocketNetwork

# They carry the mark `more`, which `make test-more` runs after it has installed torch.
collect_ignore = [] if find_spec("torch") else ["test_pocket_export.py"]


@pytest.fixture(scope="session")
def network() -> PocketNetwork:
    """Random weights and statistics, so that every branch of the graphs has a say."""
    import torch

    from segmentation.segmenters.pocket.network import PocketNetwork

    torch.manual_seed(0)
    network = PocketNetwork(SMALL_POCKET).eval()
    for name, tensor in network.state_dict().items():
        if name.endswith(("running_mean", "bias")):
            tensor.normal_(0, 0.2)
        elif name.endswith("running_var") or "norm.weight" in name:
            tensor.uniform_(0.5, 1.5)
    return network
