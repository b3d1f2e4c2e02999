"""A segmenter that answers from a script and counts what it is asked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from segmentation.masks import Mask
from segmentation.prompts import Prompt
from segmentation.segmenters.base import CandidateMask, ImageEmbedding, OneImageAtATime, SegmenterSpec

STRIDE = 4


def spec_in(folder: Path, name: str = "scripted") -> SegmenterSpec:
    """Spec of a scripted segmenter with a manifest in `folder`."""
    graph = {"file": "none.onnx", "sha256": "0" * 64, "bytes": 0}
    manifest = {
        "format": 2,
        "segmenter": name,
        "family": "fake",
        "checkpoint_sha256": "c" * 64,
        "input": {"resize": "longest_side", "size": 64, "multiple": 4, "pixels": None},
        "mask_stride": STRIDE,
        "mask_threshold": 0.0,
        "candidates": 2,
        "embedding": [],
        "encoder": graph,
        "graphs": {"decode": graph},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return SegmenterSpec(
        name, "fake", "tests.segmentation.fake_segmenter:load", folder / "manifest.json", "fp16-1"
    )


def logits_of(mask: Mask) -> NDArray[np.float32]:
    return np.where(mask, 4, -4).astype(np.float32)


class ScriptedSegmenter(OneImageAtATime):
    """After n points it answers `click_masks[n]`, for a box `box_masks[box]`, image sized masks.

    Its low-res logits are as large as the image. Beside each answer it offers the object that it was
    asked not to give, `decoy`, with a lower predicted IoU.
    """

    def __init__(
        self,
        spec: SegmenterSpec,
        click_masks: Mapping[int, Mask],
        box_masks: Mapping[tuple[float, ...], Mask],
        decoy: Mask,
    ) -> None:
        self.spec = spec
        self.click_masks, self.box_masks, self.decoy = click_masks, box_masks, decoy
        self.encode_calls = 0
        self.prompts: list[Prompt] = []

    def encode(self, image: NDArray[np.uint8]) -> ImageEmbedding:
        self.encode_calls += 1
        height, width = image.shape[:2]
        return ImageEmbedding((height, width), (height * STRIDE, width * STRIDE), {})

    def decode(self, embedding: ImageEmbedding, prompt: Prompt) -> list[CandidateMask]:
        self.prompts.append(prompt)
        answer = (
            self.box_masks[prompt.box_xyxy] if prompt.box_xyxy else self.click_masks[len(prompt.points_xy)]
        )
        return [CandidateMask(logits_of(self.decoy), 0.2), CandidateMask(logits_of(answer), 0.9)]


class BrightnessSegmenter(OneImageAtATime):
    """Whatever the prompt, the bright part of the image."""

    def __init__(self, spec: SegmenterSpec) -> None:
        self.spec = spec

    def encode(self, image: NDArray[np.uint8]) -> ImageEmbedding:
        height, width = image.shape[:2]
        brightness = image.astype(np.float32).mean(axis=2) - 128
        return ImageEmbedding((height, width), (height * STRIDE, width * STRIDE), {"brightness": brightness})

    def decode(self, embedding: ImageEmbedding, prompt: Prompt) -> list[CandidateMask]:
        return [CandidateMask(embedding.tensors["brightness"], 0.5)]


def load(spec: SegmenterSpec, *, threads: int) -> BrightnessSegmenter:
    return BrightnessSegmenter(spec)
