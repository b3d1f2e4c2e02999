"""The network: folding, weights files, and that nothing depends on how prompts are batched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from segmentation.segmenters.pocket.config import PocketConfig
from segmentation.segmenters.pocket.decoder import Prompt
from segmentation.segmenters.pocket.folding import folded
from segmentation.segmenters.pocket.network import PocketNetwork, begin_with, load_network, save_weights
from tests.segmentation.small_pocket import seeded_network

pytestmark = pytest.mark.more


@pytest.fixture
def network(small_config: PocketConfig) -> PocketNetwork:
    return seeded_network(small_config)


def some_prompt() -> Prompt:
    torch.manual_seed(1)
    return Prompt(
        points_xy=torch.rand(2, 3, 4, 2) * torch.tensor([96.0, 64.0]),
        labels=torch.randint(-1, 2, (2, 3, 4)),
        box_xyxy=torch.tensor([10.0, 12.0, 70.0, 50.0]).expand(2, 3, 4),
        has_box=torch.tensor([[1.0, 0.0, 1.0], [0.0, 1.0, 0.0]]),
        previous_logits=torch.randn(2, 3, 16, 24) * 4,
        has_previous=torch.tensor([[0.0, 0.0, 1.0], [1.0, 1.0, 0.0]]),
    )


@torch.no_grad()
def decoded(network: PocketNetwork, prompt: Prompt, rgb: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    answer = network.decoder(network.decoder.prepare(network.encoder(rgb)), prompt)
    return answer.logits, answer.predicted_iou


def pictures() -> torch.Tensor:
    torch.manual_seed(2)
    return torch.rand(2, 3, 64, 96)


def test_shapes(network: PocketNetwork) -> None:
    logits, scores = decoded(network, some_prompt(), pictures())
    assert logits.shape == (2, 3, 3, 16, 24)
    assert scores.shape == (2, 3, 3)


def test_folding_changes_nothing(network: PocketNetwork) -> None:
    plain = decoded(network, some_prompt(), pictures())
    without_norms = decoded(folded(network), some_prompt(), pictures())
    for ours, theirs in zip(without_norms, plain, strict=True):
        torch.testing.assert_close(ours, theirs, atol=2e-4, rtol=1e-3)


def test_objects_do_not_see_each_other(network: PocketNetwork) -> None:
    together, _ = decoded(network, some_prompt(), pictures())
    alone = Prompt(*(tensor[1:, 2:] for tensor in some_prompt() if tensor is not None))
    single, _ = decoded(network, alone, pictures()[1:])
    torch.testing.assert_close(single[0, 0], together[1, 2], atol=1e-4, rtol=1e-4)


def test_padding_points_change_nothing(network: PocketNetwork) -> None:
    prompt = some_prompt()
    points = torch.cat([prompt.points_xy, torch.rand(2, 3, 2, 2) * 60], dim=2)
    labels = torch.cat([prompt.labels, torch.full((2, 3, 2), -1)], dim=2)
    padded, _ = decoded(network, prompt._replace(points_xy=points, labels=labels), pictures())
    plain, _ = decoded(network, prompt, pictures())
    torch.testing.assert_close(padded, plain, atol=1e-5, rtol=1e-5)


def test_no_previous_mask_is_the_same_as_a_flag_of_zero(network: PocketNetwork) -> None:
    flagged = some_prompt()._replace(has_previous=torch.zeros(2, 3))
    without = flagged._replace(previous_logits=None)
    torch.testing.assert_close(
        decoded(network, without, pictures())[0], decoded(network, flagged, pictures())[0]
    )


def test_weights_survive_a_round_trip_within_half_precision(network: PocketNetwork, tmp_path: Path) -> None:
    save_weights(network, tmp_path / "weights.safetensors", {"step": "7"})
    loaded = load_network(tmp_path / "weights.safetensors")
    assert loaded.config == network.config
    for name, tensor in network.state_dict().items():
        if tensor.is_floating_point():
            torch.testing.assert_close(loaded.state_dict()[name], tensor.half().float())


def test_weights_of_another_shape_are_refused(network: PocketNetwork, tmp_path: Path) -> None:
    network.config = replace(network.config, blocks=(1, 2, 1, 1))
    save_weights(network, tmp_path / "weights.safetensors")
    with pytest.raises(ValueError, match="does not fit"):
        load_network(tmp_path / "weights.safetensors")


def test_a_network_grows_without_answering_otherwise(small_config: PocketConfig) -> None:
    plain = replace(small_config, attention_blocks=0, coarse_blocks=0, scores_masks=False)
    trained, grown = seeded_network(plain), PocketNetwork(small_config).eval()
    begin_with(grown, trained)
    for ours, theirs in zip(
        decoded(grown, some_prompt(), pictures()), decoded(trained, some_prompt(), pictures()), strict=True
    ):
        torch.testing.assert_close(ours, theirs)


def test_a_network_of_other_sizes_is_no_start(network: PocketNetwork, small_config: PocketConfig) -> None:
    with pytest.raises(ValueError, match="different sizes"):
        begin_with(PocketNetwork(replace(small_config, blocks=(1, 2, 1, 1))), network)
