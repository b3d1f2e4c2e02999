"""Batch norms folded into convolutions: the same function."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from segmentation.segmenters.batch_norms import fold_batch_norms
from tests.segmentation.families.seeded_weights import fill_seeded

pytestmark = pytest.mark.more

EPS = 1e-3


@pytest.fixture(params=[True, False])
def pair(request: pytest.FixtureRequest) -> nn.ModuleDict:
    """A convolution with or without a bias, and its norm."""
    convolution = nn.Conv2d(4, 6, 3, groups=2, bias=request.param)
    pair = nn.ModuleDict({"block": nn.ModuleDict({"c": convolution, "bn": nn.BatchNorm2d(6, eps=EPS)})})
    fill_seeded(pair)
    return pair


def folded(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return fold_batch_norms(tensors, convolution="c", norm="bn", eps=EPS)


@torch.no_grad()
def test_one_convolution_does_what_both_did(pair: nn.ModuleDict) -> None:
    whole = nn.ModuleDict({"block": nn.Conv2d(4, 6, 3, groups=2)})
    whole.load_state_dict(folded(pair.state_dict()))
    images = torch.randn(2, 4, 8, 8, generator=torch.Generator().manual_seed(0))
    block = pair["block"]
    torch.testing.assert_close(whole["block"](images), block["bn"](block["c"](images)))


def test_other_tensors_stay(pair: nn.ModuleDict) -> None:
    others = {"lone.c.weight": torch.ones(2), "layer.bn.weight": torch.ones(3)}
    kept = folded(pair.state_dict() | others)
    assert kept.keys() == {"block.weight", "block.bias", "lone.weight", "layer.bn.weight"}


def test_a_norm_that_lacks_a_part_stays_for_the_loader_to_refuse(pair: nn.ModuleDict) -> None:
    tensors = pair.state_dict()
    del tensors["block.bn.running_mean"]
    assert "block.bn.running_var" in folded(tensors)
