"""Validation runs the project's protocol on exactly the objects of the split."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from segmentation.prompts import make_prompt
from segmentation.segmenters.pocket.config import PocketConfig
from segmentation.segmenters.pocket.network import PocketNetwork
from segmentation.training.recipe import Recipe
from segmentation.training.regions import open_cache
from segmentation.training.splits import HeldBack
from segmentation.training.validation import TorchSegmenter, Validation

pytestmark = pytest.mark.more


@pytest.fixture
def network(small_config: PocketConfig) -> PocketNetwork:
    torch.manual_seed(0)
    return PocketNetwork(small_config).eval()


def test_only_the_objects_of_the_split_are_evaluated(
    data: Path, recipe: Recipe, network: PocketNetwork, tmp_path: Path
) -> None:
    cache = open_cache(data, list(recipe.data), tmp_path / "cache")
    validation = Validation(cache, HeldBack("coco", {"1.png": (3, 2)}))
    assert [sample.annotation_id for sample in validation.samples] == [3, 2]
    figures = validation(network)
    assert set(figures) == {"miou@1", "miou@3", "miou@5", "box"}
    assert all(0 <= value <= 1 for value in figures.values())


def test_every_kind_of_prompt_is_understood(network: PocketNetwork) -> None:
    segmenter = TorchSegmenter(network, longest_side=96)
    embedding = segmenter.encode(np.zeros((40, 60, 3), np.uint8))
    assert embedding.input_hw == (64, 96)
    mask = np.random.default_rng(0).normal(size=(16, 24)).astype(np.float32)
    for prompt in (
        make_prompt([(10, 10, 1)]),
        make_prompt(box_xyxy=(5, 5, 30, 30)),
        make_prompt([(10, 10, 1), (50, 30, 0)], box_xyxy=(5, 5, 30, 30), mask_logits=mask),
    ):
        candidates = segmenter.decode(embedding, prompt)
        assert candidates[0].low_res_logits.shape == (16, 24)
        assert candidates[0].predicted_iou >= candidates[-1].predicted_iou
