"""One object: a simulated annotator clicks, the segmenter answers, IoU is taken each time."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segmentation.evaluation.clicks import Click, first_click, next_click
from segmentation.evaluation.closer_looks import CloserLooks
from segmentation.evaluation.report import ObjectScore
from segmentation.evaluation.views import Answer, View, answer_to, ask
from segmentation.geometry import Points
from segmentation.masks import Mask
from segmentation.prompts import make_prompt
from segmentation.segmenters.base import Segmenter


def intersection_over_union(first: Mask, second: Mask) -> float:
    """IoU of two masks (h, w); 1 for two empty ones."""
    union = int(np.count_nonzero(first | second))
    return int(np.count_nonzero(first & second)) / union if union else 1.0


@dataclass(frozen=True)
class Trial:
    """One object on one embedded image."""

    segmenter: Segmenter
    whole: View
    truth: Mask
    closer: CloserLooks  # at this object alone

    def run(self, annotation_id: int | str, clicks: int) -> ObjectScore:
        """IoU after each click and for the exact box. Once nothing is wrong, the mask stands."""
        done: list[Click] = []
        ious: list[float] = []
        predicted: list[float] = []
        best_first: float | None = None
        seconds = 0.0
        answer: Answer | None = None
        click: Click | None = first_click(self.truth)
        while click is not None and len(done) < clicks:
            done.append(click)
            points_xy, labels = _points_of(done)
            start = time.perf_counter()
            answer = self._answer(points_xy, labels, answer)
            mask = answer.view.on_image(answer.mask)
            seconds += time.perf_counter() - start
            if best_first is None:
                best_first = self._best_iou(answer)
            ious.append(intersection_over_union(self.truth, mask))
            predicted.append(answer.chosen.predicted_iou)
            click = next_click(self.truth, mask)
            if click is not None and len(done) < clicks:
                self.closer.prepare(points_xy, labels, mask)
        return ObjectScore(
            annotation_id,
            ious + ious[-1:] * (clicks - len(ious)),
            self._box_iou(),
            len(done),
            seconds,
            best_first,
            predicted,
            self.closer.parts,
            self.closer.seconds,
        )

    def _answer(self, points_xy: Points, labels: NDArray[np.int8], before: Answer | None) -> Answer:
        """From a closer look where there is one for these points and the object does not go on beyond it."""
        view = self.closer.view_for(points_xy, labels)
        if view is not None:
            answer = ask(self.segmenter, view, points_xy=points_xy, point_labels=labels, before=before)
            if not answer.is_cut_off:
                return answer
        return ask(self.segmenter, self.whole, points_xy=points_xy, point_labels=labels, before=before)

    def _best_iou(self, answer: Answer) -> float:
        """Of the candidate that fits best."""
        masks = (answer.view.on_image(answer.view.mask(each)) for each in answer.candidates)
        return max(intersection_over_union(self.truth, mask) for mask in masks)

    def _box_iou(self) -> float:
        """Boxes are answered from the whole image."""
        prompt = make_prompt(box_xyxy=_exact_box(self.truth))
        return intersection_over_union(self.truth, answer_to(self.segmenter, self.whole, prompt).mask)


def _points_of(clicks: Sequence[Click]) -> tuple[Points, NDArray[np.int8]]:
    prompt = make_prompt([click.as_triple() for click in clicks])
    return prompt.points_xy, prompt.point_labels


def _exact_box(truth: Mask) -> tuple[float, float, float, float]:
    rows, columns = np.flatnonzero(truth.any(axis=1)), np.flatnonzero(truth.any(axis=0))
    return float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1)
