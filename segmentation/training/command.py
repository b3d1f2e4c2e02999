"""`python -m segmentation.training`: trains the pocket segmenter, or a published segmenter's decoder."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import torch
from torch import nn

from segmentation.segmenters.families import FAMILIES
from segmentation.segmenters.families import load_network as load_published
from segmentation.segmenters.pocket.network import PocketNetwork, begin_with, load_network
from segmentation.training.batches import BatchSource, batch_processes, batch_source
from segmentation.training.devices import Device, choose_device
from segmentation.training.distillation import Teacher
from segmentation.training.recipe import RECIPES, Recipe, load_recipe
from segmentation.training.regions import RegionCache, open_cache
from segmentation.training.scenes import SceneSampler
from segmentation.training.splits import all_held_back, load_held_back, refuse_evaluation_sets
from segmentation.training.trainee import PocketDecoderTrainee, PocketScoresTrainee, PocketTrainee, Trainee
from segmentation.training.trainer import Trainer
from segmentation.training.training_log import TrainingLog
from segmentation.training.validation import Validation

POCKET = "pocket"
PARTS = {"all": PocketTrainee, "decoder": PocketDecoderTrainee, "scores": PocketScoresTrainee}


def parse_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m segmentation.training", description=__doc__)
    parser.add_argument("--recipe", type=Path, default=RECIPES / "pocket.toml")
    parser.add_argument("--data", type=Path, required=True, help="folder of COCO-style sets")
    parser.add_argument("--out", type=Path, required=True, help="checkpoints, weights, log")
    parser.add_argument("--cache", type=Path, help="decoded photos; default OUT/cache")
    parser.add_argument("--minutes", type=float, required=True, help="of training, all parts")
    parser.add_argument("--device", default="auto", help="cpu, cuda, cuda:1; default: a GPU if there is one")
    parser.add_argument("--precision", choices=("auto", "bf16", "fp32"), default="auto")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--processes", type=int, default=0, help="that draw batches; 0: threads do")
    parser.add_argument("--learning-rate", type=float, help="instead of the recipe's")
    parser.add_argument("--checkpoint-minutes", type=float, default=3.0)
    parser.add_argument("--validate-minutes", type=float, default=12.0, help="0: never")
    parser.add_argument(
        "--decoder-of",
        metavar="FAMILY=CHECKPOINT",
        help=f"train the decoder of this published segmenter instead; families: {', '.join(FAMILIES)}",
    )
    parser.add_argument("--train", choices=tuple(PARTS), default="all", help="this part of pocket alone")
    parser.add_argument("--teacher", metavar="FAMILY=CHECKPOINT", help="pocket=WEIGHTS works too")
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
    device = choose_device(options.device, options.precision)
    cache = open_cache(options.data, list(recipe.data), options.cache or options.out / "cache")
    with ThreadPoolExecutor(options.threads) as workers:
        trainer = Trainer(
            _trainee(options, recipe, device),
            recipe,
            seconds=options.minutes * 60,
            out=options.out,
            device=device,
            teacher=Teacher(published(options.teacher, device)) if options.teacher else None,
            workers=workers,
        )
        if options.resume:
            trainer.resume()
        log = TrainingLog(options.out / "log.jsonl", seconds=trainer.seconds, done=trainer.progress.seconds)
        with _source(options, make_scenes(cache, recipe), recipe) as source:
            trainer.run(
                source,
                log,
                checkpoint_seconds=options.checkpoint_minutes * 60,
                validate=_validation(options, cache),
                validate_seconds=options.validate_minutes * 60,
            )


def make_scenes(cache: RegionCache, recipe: Recipe) -> SceneSampler:
    names = frozenset((split.dataset, name) for split in all_held_back() for name in split.file_names)
    return SceneSampler(cache, recipe.scenes, shares=recipe.data, held_back=names)


def published(argument: str, device: Device) -> Trainee:
    """The trainee that FAMILY=PATH names. Raises UnknownFamily, CheckpointRefused."""
    family, _, path = argument.partition("=")
    if family == POCKET:
        network = load_network(Path(path))
        network.to(device.torch)
        return PocketTrainee(network)
    from segmentation.training.family_trainee import FamilyTrainee  # transformers, seconds

    return FamilyTrainee(load_published(family, Path(path)), device.torch)


def _recipe(path: Path, learning_rate: float | None) -> Recipe:
    recipe = load_recipe(path)
    if learning_rate is None:
        return recipe
    return replace(recipe, optimiser=replace(recipe.optimiser, learning_rate=learning_rate))


def _trainee(options: argparse.Namespace, recipe: Recipe, device: Device) -> Trainee:
    if options.decoder_of:
        return published(options.decoder_of, device)
    network = PocketNetwork(recipe.network)
    if options.start is not None:
        begin_with(network, load_network(options.start))
    trainee: Trainee = PARTS[options.train](network)
    return trainee


@contextmanager
def _source(options: argparse.Namespace, scenes: SceneSampler, recipe: Recipe) -> Iterator[BatchSource]:
    if options.processes:
        with batch_processes(scenes, recipe, processes=options.processes) as source:
            yield source
    else:
        with batch_source(scenes, recipe, threads=options.threads) as source:
            yield source


def _validation(
    options: argparse.Namespace, cache: RegionCache
) -> Callable[[nn.Module], dict[str, float]] | None:
    """Of pocket networks; a published decoder is measured by `manage.py evaluate_segmenter`."""
    if options.validate_minutes <= 0 or options.decoder_of:
        return None
    return Validation(cache, load_held_back())
