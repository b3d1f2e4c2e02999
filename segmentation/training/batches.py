"""Batches of scenes with prompts, drawn in background threads or processes.

A batch depends on the seed, the step and the size alone, so that a resumed run goes on with the very
batches it would have seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import NamedTuple

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from segmentation.segmenters.pocket.config import MASK_STRIDE
from segmentation.segmenters.pocket.decoder import Prompt
from segmentation.training.prompts import NO_POINT, FirstPrompt, sample_prompt
from segmentation.training.recipe import Recipe
from segmentation.training.scenes import SceneSampler


class Sample(NamedTuple):
    """One scene with K prompted objects, as arrays."""

    image: NDArray[np.uint8]  # (S, S, 3)
    coverage: NDArray[np.float32]  # (K, S/4, S/4) share of the object in each cell
    points_xy: NDArray[np.float32]  # (K, P, 2) in 0..1
    labels: NDArray[np.int64]  # (K, P)
    box_xyxy: NDArray[np.float32]  # (K, 4) in 0..1
    has_box: NDArray[np.float32]  # (K,)


@dataclass
class Batch:
    rgb: Tensor  # (B, 3, S, S) in 0..1
    coverage: Tensor  # (B, K, S/4, S/4) in 0..1
    prompt: Prompt  # in pixels of the crop

    def to(self, device: torch.device) -> Batch:
        prompt = Prompt(*(None if t is None else t.to(device, non_blocking=True) for t in self.prompt))
        return Batch(
            self.rgb.to(device, non_blocking=True), self.coverage.to(device, non_blocking=True), prompt
        )


def draw_sample(rng: np.random.Generator, scenes: SceneSampler, recipe: Recipe, size: int) -> Sample:
    scene = scenes.draw(rng, size)
    masks = _chosen_masks(rng, scene.masks, recipe.batch.objects, prefer_large=recipe.scenes.prefer_large)
    prompts = [sample_prompt(rng, mask, recipe.prompts) for mask in masks]
    grid = (size // MASK_STRIDE, size // MASK_STRIDE)
    coverage = [cv2.resize(mask.astype(np.float32), grid, interpolation=cv2.INTER_AREA) for mask in masks]
    return Sample(scene.image, np.stack(coverage), *_prompt_arrays(prompts, recipe))


def _chosen_masks(
    rng: np.random.Generator, masks: list[NDArray[np.uint8]], count: int, *, prefer_large: float
) -> list[NDArray[np.uint8]]:
    """`count` masks, repeated only if there are fewer."""
    weights = np.array([np.count_nonzero(mask) for mask in masks], np.float64) ** prefer_large
    distinct = min(count, len(masks))
    order = list(rng.choice(len(masks), distinct, replace=False, p=weights / weights.sum()))
    order += list(rng.integers(len(masks), size=count - distinct))
    return [masks[i] for i in order]


def _prompt_arrays(
    prompts: list[FirstPrompt], recipe: Recipe
) -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
    count, most = len(prompts), recipe.prompts.max_points
    points = np.zeros((count, most, 2), np.float32)
    labels = np.full((count, most), NO_POINT, np.int64)
    boxes = np.zeros((count, 4), np.float32)
    for k, prompt in enumerate(prompts):
        for p, click in enumerate(prompt.clicks):
            points[k, p], labels[k, p] = (click.x, click.y), click.label
        if prompt.box_xyxy is not None:
            boxes[k] = prompt.box_xyxy
    has_box = np.array([prompt.box_xyxy is not None for prompt in prompts], np.float32)
    return points, labels, boxes, has_box


def collate(samples: list[Sample]) -> Batch:
    def stacked(index: int) -> Tensor:
        return torch.from_numpy(np.stack([sample[index] for sample in samples]))

    coverage, has_box = stacked(1), stacked(5)
    size = samples[0].image.shape[0]
    prompt = Prompt(
        points_xy=stacked(2) * size,
        labels=stacked(3),
        box_xyxy=stacked(4) * size,
        has_box=has_box,
        previous_logits=torch.zeros_like(coverage),
        has_previous=torch.zeros_like(has_box),
    )
    return Batch(stacked(0).permute(0, 3, 1, 2).float() / 255, coverage, prompt)


class BatchSource:
    """Prepares the next batches while the current one is trained on."""

    def __init__(
        self, drawer: SampleDrawer, workers: Executor, *, ahead: int = 1, in_processes: bool = False
    ) -> None:
        self.drawer, self.workers, self.ahead, self.in_processes = drawer, workers, ahead, in_processes
        self._requested: dict[tuple[int, int], list[Future[Sample]]] = {}

    def get(self, step: int, size: int) -> Batch:
        keys = [(step + further, size) for further in range(self.ahead + 1)]
        self._requested = {key: self._requested.get(key) or self._request(*key) for key in keys}
        return collate([future.result() for future in self._requested[step, size]])

    def _request(self, step: int, size: int) -> list[Future[Sample]]:
        draw = _draw_in_process if self.in_processes else self.drawer
        return [
            self.workers.submit(draw, step, size, image) for image in range(self.drawer.recipe.batch.images)
        ]


@dataclass(frozen=True)
class SampleDrawer:
    """One sample by its place in the run."""

    scenes: SceneSampler
    recipe: Recipe

    def __call__(self, step: int, size: int, image: int) -> Sample:
        rng = np.random.default_rng([self.recipe.seed, step, size, image])
        return draw_sample(rng, self.scenes, self.recipe, size)


@contextmanager
def batch_source(scenes: SceneSampler, recipe: Recipe, *, threads: int) -> Iterator[BatchSource]:
    """Threads beside the training's own: enough where the network is what takes the time."""
    cv2.setNumThreads(1)
    workers = ThreadPoolExecutor(threads)
    try:
        yield BatchSource(SampleDrawer(scenes, recipe), workers)
    finally:
        workers.shutdown(wait=True, cancel_futures=True)


@contextmanager
def batch_processes(
    scenes: SceneSampler, recipe: Recipe, *, processes: int, ahead: int = 4
) -> Iterator[BatchSource]:
    """Processes of their own, batches ahead: a GPU trains faster than one interpreter draws."""
    drawer = SampleDrawer(scenes, recipe)
    # Spawned, not forked: a process that has used a GPU must not be copied.
    workers = ProcessPoolExecutor(
        processes, get_context("spawn"), initializer=_start_process, initargs=(drawer,)
    )
    try:
        yield BatchSource(drawer, workers, ahead=ahead, in_processes=True)
    finally:
        workers.shutdown(wait=True, cancel_futures=True)


_process_drawer: list[SampleDrawer] = []  # of this worker process


def _start_process(drawer: SampleDrawer) -> None:
    cv2.setNumThreads(1)
    _process_drawer[:] = [drawer]


def _draw_in_process(step: int, size: int, image: int) -> Sample:
    return _process_drawer[0](step, size, image)
