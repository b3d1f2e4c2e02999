"""The interactive training loop."""

from __future__ import annotations

import copy
import math
import statistics
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from segmentation.segmenters.pocket.decoder import Decoded, Prompt
from segmentation.segmenters.pocket.network import blend_into
from segmentation.training.batches import Batch, BatchSource
from segmentation.training.checkpoints import Progress, read_checkpoint, write_checkpoint
from segmentation.training.corrections import corrected_prompt, draw_rounds
from segmentation.training.devices import CPU_FP32, Device
from segmentation.training.distillation import Teacher, distillation_loss
from segmentation.training.losses import LossParts, interactive_loss
from segmentation.training.optimisers import make_optimiser
from segmentation.training.recipe import OptimiserRecipe, Recipe
from segmentation.training.trainee import Trainee
from segmentation.training.training_log import TrainingLog

PAUSED_FROM = 4  # times the usual duration of a step
CORRECTIONS_STREAM = 1 << 20  # keeps this random stream apart from the batches'


class Diverged(RuntimeError):
    def __init__(self, step: int) -> None:
        super().__init__(
            f"The loss is not finite at step {step}. Resume from the checkpoint with a lower rate."
        )


class StepClock:
    """Seconds that count as training: of a step in which the process was stopped, only a part."""

    def __init__(self) -> None:
        self._recent: deque[float] = deque(maxlen=21)

    def counted(self, seconds: float) -> float:
        self._recent.append(seconds)
        return min(seconds, PAUSED_FROM * statistics.median(self._recent))


class Trainer:
    """Trains until `seconds` of training time are used up, checkpoints included."""

    def __init__(
        self,
        trainee: Trainee,
        recipe: Recipe,
        *,
        seconds: float,
        out: Path,
        device: Device = CPU_FP32,
        teacher: Teacher | None = None,
        workers: Executor | None = None,
    ) -> None:
        self.trainee, self.recipe, self.seconds, self.out = trainee, recipe, seconds, out
        self.device, self.teacher, self.workers = device, teacher, workers
        trainee.trained.to(device.torch, memory_format=torch.channels_last)
        self.average = copy.deepcopy(trainee.trained).eval()
        self.optimiser = make_optimiser(trainee.trained, recipe.optimiser)
        self.progress = Progress()
        self.clock = StepClock()

    @property
    def fraction(self) -> float:
        return min(1.0, self.progress.seconds / self.seconds)

    def resume(self) -> None:
        self.progress, state = read_checkpoint(self.out)
        self.trainee.trained.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])

    def checkpoint(self) -> None:
        state: dict[str, Any] = {
            "network": self.trainee.trained.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(),
        }
        write_checkpoint(self.out, self.progress, state)
        self.trainee.save(self.average, self.out, self.provenance())

    def provenance(self) -> dict[str, str]:
        return {"step": str(self.progress.step), "images": str(self.progress.images)}

    def run(
        self,
        source: BatchSource,
        log: TrainingLog,
        *,
        checkpoint_seconds: float,
        validate: Callable[[nn.Module], dict[str, float]] | None = None,
        validate_seconds: float = math.inf,
    ) -> None:
        last_checkpoint = last_validation = self.progress.seconds
        while self.fraction < 1:
            started = time.monotonic()
            size = self.recipe.batch.size_at(self.fraction)
            parts = self.train_step(source.get(self.progress.step, size))
            self.progress.seconds += self.clock.counted(time.monotonic() - started)
            log.step(self.progress, parts, size=size, rate=self.optimiser.param_groups[0]["lr"])
            if self.progress.seconds - last_checkpoint >= checkpoint_seconds:
                self.checkpoint()
                last_checkpoint = self.progress.seconds
            if validate and self.progress.seconds - last_validation >= validate_seconds:
                log.validation(self.progress, validate(self.trainee.whole(self.average)))
                last_validation = self.progress.seconds
        self.checkpoint()
        if validate:
            log.validation(self.progress, validate(self.trainee.whole(self.average)))

    def train_step(self, batch: Batch) -> LossParts:
        step = self.progress.step
        rate = learning_rate(self.recipe.optimiser, step, self.fraction)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        batch = batch.to(self.device.torch)
        parts = self._loss(batch, np.random.default_rng([self.recipe.seed, step, CORRECTIONS_STREAM]))
        if not math.isfinite(parts.total.item()):
            raise Diverged(step)
        self.optimiser.zero_grad(set_to_none=True)
        parts.total.backward()
        nn.utils.clip_grad_norm_(self.trainee.trained.parameters(), self.recipe.optimiser.clip_norm)
        self.optimiser.step()
        keep = min(self.recipe.optimiser.average_keep, (1 + step) / (20 + step))
        blend_into(self.average, self.trainee.trained, keep=keep)
        self.progress.step += 1
        self.progress.images += len(batch.rgb)
        return parts

    def _loss(self, batch: Batch, rng: np.random.Generator) -> LossParts:
        trainee = self.trainee
        trainee.trained.train()
        rounds = draw_rounds(rng, batch.prompt.labels.shape[1], self.recipe.prompts)
        with self.device.autocast():
            features = trainee.embed(batch.rgb)
        # Apart from the pass below: autocast would reuse weights it has cast without gradients.
        with torch.no_grad(), self.device.autocast():
            prompt = corrected_prompt(
                rng,
                trainee,
                trainee.context(features),
                batch.prompt,
                coverage=batch.coverage,
                rounds=rounds,
                workers=self.workers,
            )
        with self.device.autocast():
            decoded = trainee.decode(trainee.context(features), prompt)
        has_click = (prompt.labels == 1).any(2)
        parts = interactive_loss(decoded, batch.coverage, has_click, self.recipe.loss)
        return parts if self.teacher is None else self._taught(parts, self.teacher, decoded, batch, prompt)

    def _taught(
        self, parts: LossParts, teacher: Teacher, decoded: Decoded, batch: Batch, prompt: Prompt
    ) -> LossParts:
        with self.device.autocast():
            taught = teacher.probabilities(batch.rgb, prompt)
        loss = distillation_loss(decoded.logits.flatten(0, 1).float(), taught.flatten(0, 1))
        return parts._replace(total=parts.total + self.recipe.loss.teacher * loss)


def learning_rate(recipe: OptimiserRecipe, step: int, fraction: float) -> float:
    """Linear warm-up by steps, then constant, then falling in a line (Hu et al. 2024, MiniCPM).

    With a constant middle a run can be prolonged from any checkpoint that is not yet cooling down.
    """
    warm = min(1.0, (step + 1) / recipe.warmup_steps)
    left = min(1.0, (1 - fraction) / recipe.cooldown)
    low = recipe.last_learning_rate
    return recipe.learning_rate * warm * (left * (1 - low) + low)
