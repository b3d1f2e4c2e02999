"""Which weights Muon updates, and that the network gets them."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import nn

from segmentation.training.optimisers import MuonWithAdamW, make_optimiser
from segmentation.training.recipe import MUON, Recipe

pytestmark = pytest.mark.more


@pytest.fixture
def network() -> nn.Module:
    torch.manual_seed(0)
    layers = nn.Sequential(
        nn.Conv2d(3, 16, 3),  # its matrix is too narrow
        nn.Conv2d(16, 16, 3),
        nn.Conv2d(16, 16, 3, groups=16),  # depthwise
        nn.Flatten(),
        nn.Linear(16, 8),
    )
    return layers.to(memory_format=torch.channels_last)


@pytest.fixture
def optimiser(network: nn.Module, recipe: Recipe) -> MuonWithAdamW:
    made = make_optimiser(network, replace(recipe.optimiser, kind=MUON, learning_rate=0.01))
    assert isinstance(made, MuonWithAdamW)
    return made


def learn(network: nn.Module, optimiser: MuonWithAdamW) -> None:
    optimiser.zero_grad()
    network(torch.ones(2, 3, 7, 7)).square().mean().backward()
    optimiser.step()


def test_dense_matrices_are_muons(network: nn.Module, optimiser: MuonWithAdamW) -> None:
    assert [tuple(p.shape) for p in optimiser.matrices] == [(16, 16, 3, 3), (8, 16)]


def test_a_step_reaches_every_weight(network: nn.Module, optimiser: MuonWithAdamW) -> None:
    before = [p.detach().clone() for p in network.parameters()]
    learn(network, optimiser)
    assert all(not torch.equal(p, b) for p, b in zip(network.parameters(), before, strict=True))


def test_an_update_is_as_long_in_every_direction(network: nn.Module, optimiser: MuonWithAdamW) -> None:
    """What Muon is for: an orthogonal step, of the length that AdamW's usually has."""
    last = network[-1].weight
    before = last.detach().clone()
    learn(network, optimiser)
    lengths = torch.linalg.svdvals(last.detach() - before)
    assert lengths.max() < 0.01
    assert lengths[0] / lengths[2] < 2.5


def test_its_state_is_taken_up_again(network: nn.Module, optimiser: MuonWithAdamW, recipe: Recipe) -> None:
    learn(network, optimiser)
    state = optimiser.state_dict()
    again = make_optimiser(network, replace(recipe.optimiser, kind=MUON))
    again.load_state_dict(state)
    assert [group["lr"] for group in again.param_groups] == [0.01, 0.01, 0.01]


def test_weights_that_would_be_copied_are_left_to_adamw(recipe: Recipe) -> None:
    network = nn.Sequential(nn.Conv2d(16, 16, 3), nn.Linear(16, 16))  # not channels-last
    made = make_optimiser(network, replace(recipe.optimiser, kind=MUON))
    assert isinstance(made, MuonWithAdamW)
    assert [tuple(p.shape) for p in made.matrices] == [(16, 16)]


def test_an_unknown_kind_is_refused(network: nn.Module, recipe: Recipe) -> None:
    with pytest.raises(ValueError, match="'adamw' or 'muon', not 'sgd'"):
        make_optimiser(network, replace(recipe.optimiser, kind="sgd"))
