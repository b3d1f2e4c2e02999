"""Validation during training: the project's own click protocol on the held-back objects."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from segmentation.evaluation import Sample, evaluate
from segmentation.geometry import longest_side_hw
from segmentation.masks import encode
from segmentation.prompts import Prompt
from segmentation.registry import get_spec
from segmentation.segmenters.base import CandidateMask, ImageEmbedding, OneImageAtATime
from segmentation.segmenters.exported import labelled_points
from segmentation.segmenters.pocket import decoder
from segmentation.segmenters.pocket.config import LONGEST_SIDE, MULTIPLE
from segmentation.segmenters.pocket.encoder import ImageFeatures
from segmentation.segmenters.pocket.folding import folded
from segmentation.segmenters.pocket.network import PocketNetwork
from segmentation.segmenters.preprocessing import resize_by_area
from segmentation.training.regions import RegionCache
from segmentation.training.splits import HeldBack

CLICKS = 5


class TorchSegmenter(OneImageAtATime):
    """The network in torch behind the segmenter's contract."""

    def __init__(self, network: PocketNetwork, *, longest_side: int = LONGEST_SIDE) -> None:
        self.spec = get_spec("pocket")
        self.network = network
        self.longest_side = longest_side

    @torch.no_grad()
    def encode(self, image: NDArray[np.uint8]) -> ImageEmbedding:
        original_hw = (image.shape[0], image.shape[1])
        input_hw = longest_side_hw(original_hw, longest_side=self.longest_side, multiple=MULTIPLE)
        planes = np.ascontiguousarray(resize_by_area(image, input_hw).transpose(2, 0, 1))[None]
        features = self.network.encoder(torch.from_numpy(planes).float() / 255)
        tensors = {name: tensor.numpy() for name, tensor in features._asdict().items()}
        return ImageEmbedding(original_hw, input_hw, tensors)

    @torch.no_grad()
    def decode(self, embedding: ImageEmbedding, prompt: Prompt) -> list[CandidateMask]:
        features = {name: torch.from_numpy(tensor) for name, tensor in embedding.tensors.items()}
        context = self.network.decoder.prepare(ImageFeatures(**features))
        decoded = self.network.decoder(context, _network_prompt(prompt, embedding))
        logits, scores = decoded.logits[0, 0].numpy(), decoded.predicted_iou[0, 0].numpy()
        return [CandidateMask(logits[i], float(scores[i])) for i in np.argsort(-scores, kind="stable")]


class Validation:
    """Figures of a network on the held-back objects of one set."""

    def __init__(self, cache: RegionCache, held_back: HeldBack) -> None:
        self.samples = list(_samples(cache, held_back))

    def __call__(self, network: PocketNetwork) -> dict[str, float]:
        report = evaluate(TorchSegmenter(folded(network).cpu()), self.samples, clicks=CLICKS)
        miou = {f"miou@{count}": report.miou_at(count) for count in (1, 3, CLICKS)}
        return {**miou, "box": report.miou_box}


def _samples(cache: RegionCache, held_back: HeldBack) -> Iterator[Sample]:
    for photo in cache.photos:
        if photo.dataset != held_back.dataset or photo.file_name not in held_back.annotation_ids:
            continue
        regions = {region.annotation_id: region for region in photo.regions}
        for number in held_back.annotation_ids[photo.file_name]:
            truth = encode(cache.mask(photo, regions[number]))
            yield Sample(number, photo.file_name, partial(cache.image, photo), truth)


def _network_prompt(prompt: Prompt, embedding: ImageEmbedding) -> decoder.Prompt:
    """One object on one image, in model points."""
    coords, labels = (torch.from_numpy(array) for array in labelled_points(prompt, embedding))
    has_box = prompt.box_xyxy is not None
    box = coords[:, -2:].reshape(1, 1, 4) if has_box else torch.zeros(1, 1, 4)
    return decoder.Prompt(
        points_xy=coords[:, None],
        labels=labels[:, None],
        box_xyxy=box,
        has_box=torch.full((1, 1), float(has_box)),
        previous_logits=_mask_prompt(prompt),
        has_previous=torch.ones(1, 1),
    )


def _mask_prompt(prompt: Prompt) -> Tensor | None:
    return None if prompt.mask_logits is None else torch.from_numpy(prompt.mask_logits)[None, None]
