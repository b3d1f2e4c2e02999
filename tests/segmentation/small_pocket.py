"""The network of `pocket` small enough for a test: every branch is there, a few channels wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from segmentation.segmenters.pocket.config import PocketConfig

if TYPE_CHECKING:
    from segmentation.segmenters.pocket.network import PocketNetwork

SMALL_POCKET = PocketConfig(
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
    attention_blocks=1,
    coarse_blocks=1,
    scores_masks=True,
)


def seeded_network(config: PocketConfig = SMALL_POCKET) -> PocketNetwork:
    """Random weights and statistics, so that every branch has a say. Needs torch."""
    import torch

    from segmentation.segmenters.pocket.network import PocketNetwork

    torch.manual_seed(0)
    network: PocketNetwork = PocketNetwork(config).eval()
    for name, tensor in network.state_dict().items():
        if name.endswith(("running_mean", "bias")):
            tensor.normal_(0, 0.2)
        elif name.endswith("running_var") or "norm.weight" in name:
            tensor.uniform_(0.5, 1.5)
        elif tensor.is_floating_point() and not tensor.any():
            tensor.normal_(0, 0.2)
    return network
