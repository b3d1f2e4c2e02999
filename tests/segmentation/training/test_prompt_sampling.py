"""First prompts and corrections respect what they label."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from segmentation.training.prompts import (
    BACKGROUND,
    FOREGROUND,
    Click,
    correcting_click,
    depths,
    inside_click,
    sample_box,
    sample_prompt,
)
from segmentation.training.recipe import PromptsRecipe, Recipe


@pytest.fixture
def prompts(recipe: Recipe) -> PromptsRecipe:
    return recipe.prompts


def disc(size: int = 96, radius: int = 22, centre: tuple[int, int] = (50, 40)) -> NDArray[np.uint8]:
    rows, columns = np.mgrid[:size, :size]
    return ((rows - centre[0]) ** 2 + (columns - centre[1]) ** 2 < radius**2).astype(np.uint8)


def at(mask: NDArray[np.generic], click: Click) -> int:
    height, width = mask.shape
    return int(mask[int(click.y * height), int(click.x * width)])


@pytest.mark.parametrize("seed", range(40))
def test_labels_say_where_the_clicks_are(seed: int, prompts: PromptsRecipe) -> None:
    mask = disc()
    prompt = sample_prompt(np.random.default_rng(seed), mask, prompts)
    assert prompt.clicks or prompt.box_xyxy is not None
    for click in prompt.clicks:
        assert at(mask, click) == (1 if click.label == FOREGROUND else 0)


def test_kinds_of_prompts_come_in_the_shares_of_the_recipe(prompts: PromptsRecipe) -> None:
    rng = np.random.default_rng(0)
    drawn = [sample_prompt(rng, disc(), prompts) for _ in range(600)]
    with_box = sum(prompt.box_xyxy is not None for prompt in drawn) / len(drawn)
    assert with_box == pytest.approx(prompts.box + prompts.box_and_clicks, abs=0.05)
    assert 0.35 <= prompts.box + prompts.box_and_clicks <= 0.40


def test_a_box_without_jitter_fits_exactly() -> None:
    mask = np.zeros((80, 100), np.uint8)
    mask[20:60, 10:90] = 1
    box = sample_box(np.random.default_rng(0), mask, (0.0,))
    np.testing.assert_allclose(box, [0.1, 0.25, 0.9, 0.75])


def test_a_jittered_box_stays_in_the_picture() -> None:
    mask = np.ones((64, 64), np.uint8)
    for seed in range(20):
        box = sample_box(np.random.default_rng(seed), mask, (0.2,))
        assert box.min() >= 0
        assert box.max() <= 1


def test_a_careful_click_is_on_the_deepest_pixel() -> None:
    click = inside_click(np.random.default_rng(0), disc(), FOREGROUND, deepest=1.0)
    assert (click.x * 96, click.y * 96) == pytest.approx((40.5, 50.5))


def test_a_missed_part_gets_a_foreground_click() -> None:
    wanted = disc().astype(bool)
    predicted = wanted.copy()
    predicted[:50] = False
    click = correcting_click(np.random.default_rng(1), predicted, wanted)
    assert click is not None
    assert click.label == FOREGROUND
    assert at(wanted & ~predicted, click) == 1


def test_a_spill_gets_a_background_click() -> None:
    wanted = disc().astype(bool)
    predicted = wanted.copy()
    predicted[:, 70:] = True
    click = correcting_click(np.random.default_rng(1), predicted, wanted)
    assert click is not None
    assert click.label == BACKGROUND
    assert at(predicted & ~wanted, click) == 1


def test_an_exact_mask_needs_no_click() -> None:
    wanted = disc().astype(bool)
    assert correcting_click(np.random.default_rng(0), wanted.copy(), wanted) is None


def test_the_border_of_the_picture_is_outside() -> None:
    assert depths(np.ones((9, 9), np.uint8))[0, 4] == pytest.approx(1, abs=0.1)


def test_no_more_clicks_than_there_are_slots(prompts: PromptsRecipe) -> None:
    few = replace(prompts, click=0.0, box=0.0, box_and_clicks=0.0, clicks=1.0, max_points=2)
    drawn = [sample_prompt(np.random.default_rng(seed), disc(), few) for seed in range(30)]
    assert max(len(prompt.clicks) for prompt in drawn) == 2
