"""Interactive evaluation: a simulated annotator clicks, the segmenter answers, IoU is taken each time.

After each click the low-res logits of the chosen candidate go back in as the mask prompt. The chosen
candidate is the one with the highest predicted IoU: the truth has no say in it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from segmentation.evaluation.clicks import Click, first_click, next_click
from segmentation.evaluation.errors import EvaluationImpossible
from segmentation.evaluation.report import ObjectScore, Report
from segmentation.geometry import mask_from_logits
from segmentation.masks import Mask, Rle, decode
from segmentation.prompts import make_prompt
from segmentation.segmenters.base import CandidateMask, ImageEmbedding, Segmenter

DEFAULT_CLICKS = 20


@dataclass(frozen=True)
class Sample:
    """One object to be found. Samples of one image follow each other and share its name."""

    annotation_id: int | str
    image_name: str
    read_image: Callable[[], NDArray[np.uint8]]  # (H, W, 3) RGB; called once for an image
    truth: Rle


@dataclass(frozen=True)
class LowResRule:
    """How a segmenter's low-res logits lie on its input (the manifest's mask_stride, mask_threshold)."""

    mask_stride: int = 4
    mask_threshold: float = 0.0


def evaluate(
    segmenter: Segmenter,
    samples: Iterable[Sample],
    *,
    clicks: int = DEFAULT_CLICKS,
    low_res: LowResRule | None = None,
    on_object: Callable[[ObjectScore], None] | None = None,
) -> Report:
    """Run the protocol on every sample; each image is encoded once.

    Raises EvaluationImpossible when there is no sample, or one of another size than its image.
    """
    scores: list[ObjectScore] = []
    images, encode_seconds = 0, 0.0
    for _, group in groupby(samples, key=lambda sample: sample.image_name):
        of_image = list(group)
        image = of_image[0].read_image()
        start = time.perf_counter()
        embedding = segmenter.encode(image)
        encode_seconds += time.perf_counter() - start
        images += 1
        for sample in of_image:
            trial = _Trial(segmenter, embedding, _truth_of(sample, image), low_res or LowResRule())
            scores.append(trial.run(sample.annotation_id, clicks))
            if on_object is not None:
                on_object(scores[-1])
    if not scores:
        raise EvaluationImpossible("There is no object to evaluate. Choose fewer conditions.")
    return Report(scores, clicks, images, encode_seconds)


def intersection_over_union(first: Mask, second: Mask) -> float:
    """IoU of two masks (h, w); 1 for two empty ones."""
    union = int(np.count_nonzero(first | second))
    return int(np.count_nonzero(first & second)) / union if union else 1.0


@dataclass(frozen=True)
class _Trial:
    """One object on one embedded image."""

    segmenter: Segmenter
    embedding: ImageEmbedding
    truth: Mask
    low_res: LowResRule

    def run(self, annotation_id: int | str, clicks: int) -> ObjectScore:
        """IoU after each click and for the exact box. Once nothing is wrong, the mask stands."""
        done: list[Click] = []
        ious: list[float] = []
        predicted: list[float] = []
        best_first: float | None = None
        seconds = 0.0
        click: Click | None = first_click(self.truth)
        previous_logits: NDArray[np.float32] | None = None
        while click is not None and len(done) < clicks:
            done.append(click)
            prompt = make_prompt([each.as_triple() for each in done], mask_logits=previous_logits)
            start = time.perf_counter()
            candidates = self.segmenter.decode(self.embedding, prompt)
            candidate, mask = self._chosen(candidates)
            seconds += time.perf_counter() - start
            if best_first is None:
                best_first = max(intersection_over_union(self.truth, self._mask(c)) for c in candidates)
            previous_logits = candidate.low_res_logits
            ious.append(intersection_over_union(self.truth, mask))
            predicted.append(candidate.predicted_iou)
            click = next_click(self.truth, mask)
        ious += ious[-1:] * (clicks - len(ious))
        return ObjectScore(annotation_id, ious, self._box_iou(), len(done), seconds, best_first, predicted)

    def _box_iou(self) -> float:
        prompt = make_prompt(box_xyxy=_exact_box(self.truth))
        _, mask = self._chosen(self.segmenter.decode(self.embedding, prompt))
        return intersection_over_union(self.truth, mask)

    def _chosen(self, candidates: Sequence[CandidateMask]) -> tuple[CandidateMask, Mask]:
        best = max(candidates, key=lambda candidate: candidate.predicted_iou)
        return best, self._mask(best)

    def _mask(self, candidate: CandidateMask) -> Mask:
        return mask_from_logits(
            candidate.low_res_logits,
            original_hw=self.embedding.original_hw,
            input_hw=self.embedding.input_hw,
            mask_stride=self.low_res.mask_stride,
            mask_threshold=self.low_res.mask_threshold,
        )


def _truth_of(sample: Sample, image: NDArray[np.uint8]) -> Mask:
    if sample.truth.size_hw != image.shape[:2]:
        raise EvaluationImpossible(
            f"The mask of annotation {sample.annotation_id} is {sample.truth.size_hw} but the image "
            f"{sample.image_name} is {image.shape[:2]} (height, width). Annotate the image as it is shown."
        )
    return decode(sample.truth)


def _exact_box(truth: Mask) -> tuple[float, float, float, float]:
    rows, columns = np.flatnonzero(truth.any(axis=1)), np.flatnonzero(truth.any(axis=0))
    return float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1)
