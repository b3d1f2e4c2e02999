"""Correction rounds write clicks where the network is wrong, into a copy of the prompt."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from segmentation.segmenters.pocket.config import PocketConfig
from segmentation.segmenters.pocket.decoder import Prompt
from segmentation.segmenters.pocket.network import PocketNetwork
from segmentation.training.corrections import corrected_prompt, draw_rounds, without_empty_slots
from segmentation.training.recipe import Recipe
from segmentation.training.trainee import PocketTrainee

pytestmark = pytest.mark.more


def first_prompt() -> Prompt:
    labels = torch.full((2, 2, 4), -1)
    labels[:, :, 0] = 1
    points = torch.zeros(2, 2, 4, 2)
    points[:, :, 0] = 32.0
    return Prompt(points, labels, torch.zeros(2, 2, 4), torch.zeros(2, 2), None, torch.zeros(2, 2))


def corrected(config: PocketConfig, rounds: list[int]) -> tuple[Prompt, Prompt]:
    torch.manual_seed(0)
    network = PocketNetwork(config).eval()
    coverage = torch.zeros(2, 2, 16, 16)
    coverage[:, :, 4:10, 5:12] = 1
    prompt = first_prompt()
    with torch.no_grad():
        context = network.decoder.prepare(network.encoder(torch.rand(2, 3, 64, 64)))
    answer = corrected_prompt(
        np.random.default_rng(0),
        PocketTrainee(network),
        context,
        prompt,
        coverage=coverage,
        rounds=np.array(rounds),
    )
    return prompt, answer


def test_each_object_gets_its_rounds(small_config: PocketConfig) -> None:
    _, answer = corrected(small_config, [2, 0])
    assert (answer.labels[:, 0] >= 0).sum(1).tolist() == [3, 3]
    assert (answer.labels[:, 1] >= 0).sum(1).tolist() == [1, 1]
    assert answer.has_previous.tolist() == [[1, 0], [1, 0]]


def test_only_corrected_objects_get_a_mask_prompt(small_config: PocketConfig) -> None:
    _, answer = corrected(small_config, [1, 0])
    assert answer.previous_logits is not None
    assert answer.previous_logits[:, 0].abs().sum() > 0
    assert answer.previous_logits[:, 1].abs().sum() == 0


def test_the_first_prompt_stays_as_it_was(small_config: PocketConfig) -> None:
    prompt, _ = corrected(small_config, [2, 1])
    assert torch.equal(prompt.labels, first_prompt().labels)
    assert prompt.previous_logits is None


def test_no_click_is_written_past_the_last_slot(small_config: PocketConfig) -> None:
    _, answer = corrected(small_config, [9, 9])
    assert answer.labels.shape[2] == 4


def test_empty_slots_are_dropped() -> None:
    assert without_empty_slots(first_prompt()).labels.shape == (2, 2, 1)


def test_rounds_are_sorted_and_within_the_recipe(recipe: Recipe) -> None:
    for seed in range(20):
        rounds = draw_rounds(np.random.default_rng(seed), 6, recipe.prompts)
        assert list(rounds) == sorted(rounds, reverse=True)
        assert rounds.max() <= max(recipe.prompts.rounds)
