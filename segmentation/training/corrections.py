"""Correction rounds: clicks into the network's own errors, as an annotator would make them."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from segmentation.segmenters.pocket.config import MASK_STRIDE
from segmentation.segmenters.pocket.decoder import Prompt
from segmentation.training.prompts import NO_POINT, Click, correcting_click
from segmentation.training.recipe import PromptsRecipe
from segmentation.training.trainee import Trainee

Rounds = NDArray[np.int64]  # (K,) correction rounds per object, descending


def draw_rounds(rng: np.random.Generator, objects: int, recipe: PromptsRecipe) -> Rounds:
    """Objects come in random order, so the rounds may be sorted: later rounds decode fewer."""
    weights = np.array(recipe.round_weights)
    most = int(rng.choice(recipe.rounds, p=weights / weights.sum()))
    rounds = rng.integers(1, most + 1, objects)
    rounds[rng.random(objects) < recipe.first_only] = 0
    return np.sort(rounds)[::-1]


@torch.no_grad()
def corrected_prompt(
    rng: np.random.Generator,
    trainee: Trainee,
    context: Any,
    prompt: Prompt,
    *,
    coverage: Tensor,
    rounds: Rounds,
    workers: Executor | None = None,
) -> Prompt:
    """The prompt after each object's correction rounds, with the last logits as mask prompt.

    `workers` look for the errors side by side; what they find does not depend on their number.
    """
    previous = torch.zeros_like(coverage)
    prompt = _own_copy(prompt, previous)
    wanted = (coverage > 0.5).cpu().numpy()
    decoder = trainee.decoder
    was_training = decoder.training
    decoder.eval()
    for round_number in range(int(rounds.max(initial=0))):
        objects = int((rounds > round_number).sum())
        logits = _chosen_logits(trainee, context, _first_objects(prompt, objects))
        predicted = (logits > 0).cpu().numpy()
        places = list(np.ndindex(wanted.shape[0], objects))
        clicks = _clicks(rng, predicted, wanted, places, workers)
        for at, click in zip(places, clicks, strict=True):
            if click is not None and _add_click(prompt, at, click, side=coverage.shape[-1] * MASK_STRIDE):
                previous[at] = logits[at].float()
    decoder.train(was_training)
    return without_empty_slots(prompt)


def without_empty_slots(prompt: Prompt) -> Prompt:
    """Drops the point slots that no object uses; one is kept."""
    used = max(1, int((prompt.labels != NO_POINT).sum(2).max()))
    return prompt._replace(points_xy=prompt.points_xy[:, :, :used], labels=prompt.labels[:, :, :used])


def _own_copy(prompt: Prompt, previous: Tensor) -> Prompt:
    """A first prompt to write into, `previous` itself being its mask prompt."""
    return Prompt(
        points_xy=prompt.points_xy.clone(),
        labels=prompt.labels.clone(),
        box_xyxy=prompt.box_xyxy,
        has_box=prompt.has_box,
        previous_logits=previous,
        has_previous=torch.zeros_like(prompt.has_previous),
    )


def _first_objects(prompt: Prompt, objects: int) -> Prompt:
    tensors = cast(tuple[Tensor, ...], prompt)
    return without_empty_slots(Prompt(*(tensor[:, :objects] for tensor in tensors)))


def _chosen_logits(trainee: Trainee, context: Any, prompt: Prompt) -> Tensor:
    """(B, K, h, w) of the candidate with the largest predicted IoU."""
    decoded = trainee.decode(context, prompt)
    best = decoded.predicted_iou.argmax(2)
    return torch.take_along_dim(decoded.logits, best[:, :, None, None, None], dim=2)[:, :, 0]


def _clicks(
    rng: np.random.Generator,
    predicted: NDArray[np.bool_],
    wanted: NDArray[np.bool_],
    places: list[tuple[int, ...]],
    workers: Executor | None,
) -> list[Click | None]:
    """The next click of the object at each place (image, object), None where its mask is exact."""

    def find(at: tuple[int, ...], own_rng: np.random.Generator) -> Click | None:
        return correcting_click(own_rng, predicted[at], wanted[at])

    each = rng.spawn(len(places))
    return list(map(find, places, each) if workers is None else workers.map(find, places, each))


def _add_click(prompt: Prompt, at: tuple[int, ...], click: Click, *, side: int) -> bool:
    """Writes the click into the prompt, if there is a slot left. `side` of the crop in pixels."""
    used = int((prompt.labels[at] != NO_POINT).sum())
    if used >= prompt.labels.shape[2]:
        return False
    prompt.labels[at][used] = click.label
    prompt.points_xy[at][used] = prompt.points_xy.new_tensor([click.x * side, click.y * side])
    prompt.has_previous[at] = 1
    return True
