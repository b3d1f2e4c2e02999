"""Correction rounds: clicks into the network's own errors, as an annotator would make them."""

from __future__ import annotations

from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from segmentation.segmenters.pocket.config import MASK_STRIDE
from segmentation.segmenters.pocket.decoder import Decoder, ImageContext, Prompt
from segmentation.training.prompts import NO_POINT, correcting_click
from segmentation.training.recipe import PromptsRecipe

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
    decoder: Decoder,
    context: ImageContext,
    prompt: Prompt,
    *,
    coverage: Tensor,
    rounds: Rounds,
) -> Prompt:
    """The prompt after each object's correction rounds, with the last logits as mask prompt."""
    previous = torch.zeros_like(coverage)
    prompt = _own_copy(prompt, previous)
    wanted = (coverage > 0.5).numpy()
    was_training = decoder.training
    decoder.eval()
    for round_number in range(int(rounds.max(initial=0))):
        objects = int((rounds > round_number).sum())
        logits = _chosen_logits(decoder, context, _first_objects(prompt, objects))
        predicted = (logits > 0).numpy()
        for b, k in np.ndindex(wanted.shape[0], objects):
            if _add_correction(rng, prompt, (b, k), predicted[b, k], wanted[b, k]):
                previous[b, k] = logits[b, k]
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


def _chosen_logits(decoder: Decoder, context: ImageContext, prompt: Prompt) -> Tensor:
    """(B, K, h, w) of the candidate with the largest predicted IoU."""
    decoded = decoder(context, prompt)
    best = decoded.predicted_iou.argmax(2)
    return torch.take_along_dim(decoded.logits, best[:, :, None, None, None], dim=2)[:, :, 0]


def _add_correction(
    rng: np.random.Generator,
    prompt: Prompt,
    at: tuple[int, int],
    predicted: NDArray[np.bool_],
    wanted: NDArray[np.bool_],
) -> bool:
    """Writes the click into the prompt, if there is an error to click on and a slot left."""
    used = int((prompt.labels[at] != NO_POINT).sum())
    click = correcting_click(rng, predicted, wanted)
    if click is None or used >= prompt.labels.shape[2]:
        return False
    prompt.labels[at][used] = click.label
    size = torch.tensor([wanted.shape[1], wanted.shape[0]]) * MASK_STRIDE
    prompt.points_xy[at][used] = torch.tensor([click.x, click.y]) * size
    prompt.has_previous[at] = 1
    return True
