"""The loop learns, stops, resumes and refuses."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from segmentation.segmenters.pocket.network import PocketNetwork, load_network
from segmentation.training.batches import BatchSource, batch_source
from segmentation.training.command import main, make_scenes
from segmentation.training.recipe import ADAMW, MUON, RECIPES, Recipe
from segmentation.training.regions import open_cache
from segmentation.training.scenes import SceneSampler
from segmentation.training.splits import EvaluationSetRefused
from segmentation.training.trainee import PocketDecoderTrainee, PocketScoresTrainee, PocketTrainee
from segmentation.training.trainer import Diverged, StepClock, Trainer, learning_rate

pytestmark = pytest.mark.more


@pytest.fixture
def scenes(data: Path, recipe: Recipe, tmp_path: Path) -> SceneSampler:
    return make_scenes(open_cache(data, list(recipe.data), tmp_path / "cache"), recipe)


def make_trainer(recipe: Recipe, out: Path) -> Trainer:
    torch.manual_seed(0)
    return Trainer(PocketTrainee(PocketNetwork(recipe.network)), recipe, seconds=600, out=out)


def steps(trainer: Trainer, source: BatchSource, count: int) -> list[float]:
    """Losses; the batches and the learning rate as in `run`, with a clock that stands still."""
    return [trainer.train_step(source.get(trainer.progress.step, 64)).total.item() for _ in range(count)]


@pytest.mark.parametrize("kind", [ADAMW, MUON])
def test_the_loss_falls_on_one_batch(scenes: SceneSampler, recipe: Recipe, tmp_path: Path, kind: str) -> None:
    recipe = replace(recipe, prompts=replace(recipe.prompts, first_only=1.0))
    trainer = make_trainer(replace(recipe, optimiser=replace(recipe.optimiser, kind=kind)), tmp_path)
    with batch_source(scenes, recipe, threads=1) as source:
        batch = source.get(0, 64)
        losses = [trainer.train_step(batch).total.item() for _ in range(60)]
    assert sum(losses[-5:]) < 0.6 * sum(losses[:5])


def test_a_resumed_run_goes_on_where_it_stopped(scenes: SceneSampler, recipe: Recipe, tmp_path: Path) -> None:
    with batch_source(scenes, recipe, threads=1) as source:
        whole = make_trainer(recipe, tmp_path / "whole")
        expected = steps(whole, source, 6)
        stopped = make_trainer(recipe, tmp_path / "parts")
        first = steps(stopped, source, 3)
        stopped.checkpoint()
        resumed = make_trainer(recipe, tmp_path / "parts")
        resumed.resume()
        rest = steps(resumed, source, 3)
    assert resumed.progress.step == 6
    assert first + rest == pytest.approx(expected, rel=1e-3)


def test_training_writes_weights_checkpoint_and_log(data: Path, recipe: Recipe, tmp_path: Path) -> None:
    out = tmp_path / "out"
    small = (
        (RECIPES / "pocket.toml")
        .read_text()
        .replace("sizes = [256, 320, 384, 448]", "sizes = [32, 32, 32, 32]")
    )
    small = small.replace("clothing = 0.16", "").replace("nuclei = 0.10", "")
    small = small.replace("images = 10", "images = 2").replace("objects = 5", "objects = 2")
    (tmp_path / "small.toml").write_text(small)
    arguments = ["--recipe", str(tmp_path / "small.toml"), "--data", str(data), "--out", str(out)]
    main([*arguments, "--minutes", "0.01", "--validate-minutes", "0"])
    assert load_network(out / "pocket.safetensors").config.channels == (48, 96, 160, 256)
    main([*arguments, "--minutes", "0.02", "--validate-minutes", "0", "--resume"])
    main(
        [
            *arguments,
            "--minutes",
            "0.01",
            "--validate-minutes",
            "0",
            "--start",
            str(out / "pocket.safetensors"),
        ]
    )


def test_bsds_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    text = (RECIPES / "pocket.toml").read_text().replace("nuclei = 0.10", "bsds = 0.10")
    (tmp_path / "wrong.toml").write_text(text)
    with pytest.raises(EvaluationSetRefused):
        main(
            [
                "--recipe",
                str(tmp_path / "wrong.toml"),
                "--data",
                str(tmp_path),
                "--out",
                str(tmp_path / "out"),
                "--minutes",
                "1",
            ]
        )
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("kind", "learns"),
    [(PocketDecoderTrainee, ("decoder.",)), (PocketScoresTrainee, ("decoder.iou.", "decoder.mask_scores."))],
)
def test_a_part_can_be_trained_alone(
    scenes: SceneSampler,
    recipe: Recipe,
    tmp_path: Path,
    kind: type[PocketTrainee],
    learns: tuple[str, ...],
) -> None:
    network = PocketNetwork(recipe.network)
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    trainer = Trainer(kind(network), recipe, seconds=600, out=tmp_path)
    with batch_source(scenes, recipe, threads=1) as source:
        steps(trainer, source, 3)
    trainer.checkpoint()
    saved = load_network(tmp_path / "pocket.safetensors").state_dict()
    changed = {
        name for name in saved if not torch.equal(saved[name], before[name].half().to(saved[name].dtype))
    }
    assert changed
    assert all(name.startswith(learns) for name in changed)


def test_a_run_that_diverges_says_so(scenes: SceneSampler, recipe: Recipe, tmp_path: Path) -> None:
    trainer = make_trainer(recipe, tmp_path)
    with torch.no_grad():
        trainer.trainee.decoder.to_logits.weight.fill_(float("nan"))
    with batch_source(scenes, recipe, threads=1) as source, pytest.raises(Diverged, match="step 0"):
        trainer.train_step(source.get(0, 64))


def test_the_average_follows_the_weights(scenes: SceneSampler, recipe: Recipe, tmp_path: Path) -> None:
    trainer = make_trainer(recipe, tmp_path)
    before = trainer.average.encoder.to_embedding.weight.clone()
    with batch_source(scenes, recipe, threads=1) as source:
        steps(trainer, source, 3)
    assert not torch.equal(trainer.average.encoder.to_embedding.weight, before)


def test_the_rate_warms_up_stays_then_falls(recipe: Recipe) -> None:
    optimiser = replace(recipe.optimiser, cooldown=0.5)
    rates = [learning_rate(optimiser, *at) for at in ((0, 0.0), (100, 0.0), (100, 0.5), (100, 0.9), (100, 1))]
    assert rates[0] == pytest.approx(optimiser.learning_rate / optimiser.warmup_steps)
    assert rates[1] == rates[2] == pytest.approx(optimiser.learning_rate)
    assert rates[2] > rates[3] > rates[4] > 0


def test_a_step_that_was_interrupted_counts_little() -> None:
    clock = StepClock()
    assert [clock.counted(seconds) for seconds in (2.0, 2.0, 2.2, 300.0)] == [2.0, 2.0, 2.2, 4 * 2.1]


def test_the_checkpoint_is_replaced_in_one_move(scenes: SceneSampler, recipe: Recipe, tmp_path: Path) -> None:
    trainer = make_trainer(recipe, tmp_path / "out")
    trainer.checkpoint()
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"checkpoint.pt", "pocket.safetensors"}


def test_the_log_is_lines_of_json(data: Path, recipe: Recipe, scenes: SceneSampler, tmp_path: Path) -> None:
    from segmentation.training.plot import draw_log
    from segmentation.training.training_log import EVERY, TrainingLog

    trainer = make_trainer(recipe, tmp_path)
    log = TrainingLog(tmp_path / "log.jsonl", seconds=600, show=False)
    with batch_source(scenes, recipe, threads=1) as source:
        parts = trainer.train_step(source.get(0, 64))
    trainer.progress.step = EVERY
    log.step(trainer.progress, parts, size=64, rate=1e-3)
    log.validation(trainer.progress, {"miou@1": 0.5, "box": 0.25})
    entries = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [entry["kind"] for entry in entries] == ["train", "validation"]
    draw_log(tmp_path / "log.jsonl", tmp_path / "log.png")
    assert (tmp_path / "log.png").stat().st_size > 1000
