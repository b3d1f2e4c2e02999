"""A pupil learns from a teacher's masks what the truth does not say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from segmentation.segmenters.pocket.network import PocketNetwork
from segmentation.training.batches import batch_source
from segmentation.training.command import make_scenes
from segmentation.training.distillation import Teacher, distillation_loss
from segmentation.training.recipe import Recipe
from segmentation.training.regions import open_cache
from segmentation.training.trainee import PocketTrainee
from segmentation.training.trainer import Trainer
from tests.segmentation.small_pocket import seeded_network

pytestmark = pytest.mark.more


def squares() -> tuple[torch.Tensor, torch.Tensor]:
    """A whole and its left half: (1, 16, 16) each."""
    whole, half = torch.zeros(1, 16, 16), torch.zeros(1, 16, 16)
    whole[:, 4:12, 4:12] = half[:, 4:12, 4:8] = 1
    return whole, half


def test_every_mask_of_the_teacher_must_be_among_the_pupils() -> None:
    whole, half = squares()
    taught = torch.stack([whole, half], dim=1)
    both = (taught * 2 - 1) * 8
    only_whole = torch.stack([whole, whole], dim=1) * 16 - 8
    assert distillation_loss(both, taught).item() < 0.05
    assert distillation_loss(only_whole, taught).item() > 0.1


def test_the_loop_listens_to_a_teacher(data: Path, recipe: Recipe, tmp_path: Path) -> None:
    scenes = make_scenes(open_cache(data, list(recipe.data), tmp_path / "cache"), recipe)
    teacher = Teacher(PocketTrainee(seeded_network()))
    loud = replace(recipe, loss=replace(recipe.loss, teacher=1.0))
    totals = []
    for heard in (None, teacher):
        torch.manual_seed(0)
        pupil = PocketTrainee(PocketNetwork(recipe.network))
        trainer = Trainer(pupil, loud, seconds=60, out=tmp_path, teacher=heard)
        with batch_source(scenes, recipe, threads=1) as source:
            totals.append(trainer.train_step(source.get(0, 64)).total.item())
    assert totals[1] > totals[0]
