"""`python -m segmentation.training`: trains the pocket segmenter."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import torch

from segmentation.segmenters.pocket.network import PocketNetwork, load_network
from segmentation.training.batches import batch_source
from segmentation.training.recipe import RECIPES, Recipe, load_recipe
from segmentation.training.regions import RegionCache, open_cache
from segmentation.training.scenes import SceneSampler
from segmentation.training.splits import all_held_back, load_held_back, refuse_evaluation_sets
from segmentation.training.trainer import Trainer
from segmentation.training.training_log import TrainingLog
from segmentation.training.validation import Validation


def parse_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m segmentation.training", description=__doc__)
    parser.add_argument("--recipe", type=Path, default=RECIPES / "pocket.toml")
    parser.add_argument("--data", type=Path, required=True, help="folder of COCO-style sets")
    parser.add_argument("--out", type=Path, required=True, help="checkpoints, weights, log")
    parser.add_argument("--cache", type=Path, help="decoded photos; default OUT/cache")
    parser.add_argument("--minutes", type=float, required=True, help="of training, all parts")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--learning-rate", type=float, help="instead of the recipe's")
    parser.add_argument("--checkpoint-minutes", type=float, default=3.0)
    parser.add_argument("--validate-minutes", type=float, default=12.0)
    start = parser.add_mutually_exclusive_group()
    start.add_argument("--resume", action="store_true", help="go on from OUT's checkpoint")
    start.add_argument("--start", type=Path, help="begin with these safetensors weights")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    options = parse_arguments(arguments)
    torch.set_num_threads(options.threads)
    recipe = _recipe(options.recipe, options.learning_rate)
    refuse_evaluation_sets(list(recipe.data))
    torch.manual_seed(recipe.seed)
    cache = open_cache(options.data, list(recipe.data), options.cache or options.out / "cache")
    trainer = Trainer(_network(recipe, options.start), recipe, seconds=options.minutes * 60, out=options.out)
    if options.resume:
        trainer.resume()
    log = TrainingLog(options.out / "log.jsonl", seconds=trainer.seconds, done=trainer.progress.seconds)
    with batch_source(make_scenes(cache, recipe), recipe, threads=options.threads) as source:
        trainer.run(
            source,
            log,
            checkpoint_seconds=options.checkpoint_minutes * 60,
            validate=_validation(cache, options.validate_minutes),
            validate_seconds=options.validate_minutes * 60,
        )


def make_scenes(cache: RegionCache, recipe: Recipe) -> SceneSampler:
    names = frozenset((split.dataset, name) for split in all_held_back() for name in split.file_names)
    return SceneSampler(cache, recipe.scenes, shares=recipe.data, held_back=names)


def _recipe(path: Path, learning_rate: float | None) -> Recipe:
    recipe = load_recipe(path)
    if learning_rate is None:
        return recipe
    return replace(recipe, optimiser=replace(recipe.optimiser, learning_rate=learning_rate))


def _network(recipe: Recipe, start: Path | None) -> PocketNetwork:
    network = PocketNetwork(recipe.network)
    if start is not None:
        network.load_state_dict(load_network(start).state_dict())
    return network


def _validation(
    cache: RegionCache, every_minutes: float
) -> Callable[[PocketNetwork], dict[str, float]] | None:
    return Validation(cache, load_held_back()) if every_minutes > 0 else None
