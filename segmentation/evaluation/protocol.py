"""Interactive evaluation: a simulated annotator clicks, the segmenter answers, IoU is taken each time.

After each click the low-res logits of the chosen candidate go back in as the mask prompt. The chosen
candidate is the one with the highest predicted IoU: the truth has no say in it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from segmentation.evaluation.closer_looks import CloserLooks
from segmentation.evaluation.errors import EvaluationImpossible
from segmentation.evaluation.report import ObjectScore, Report
from segmentation.evaluation.trial import Trial
from segmentation.evaluation.views import LowResRule, View
from segmentation.masks import Mask, Rle, decode
from segmentation.segmenters.base import Segmenter
from segmentation.segmenters.manifest import CloserLook

DEFAULT_CLICKS = 20


@dataclass(frozen=True)
class Sample:
    """One object to be found. Samples of one image follow each other and share its name."""

    annotation_id: int | str
    image_name: str
    read_image: Callable[[], NDArray[np.uint8]]  # (H, W, 3) RGB; called once for an image
    truth: Rle


def evaluate(
    segmenter: Segmenter,
    samples: Iterable[Sample],
    *,
    clicks: int = DEFAULT_CLICKS,
    low_res: LowResRule | None = None,
    closer_look: CloserLook | None = None,
    on_object: Callable[[ObjectScore], None] | None = None,
) -> Report:
    """Run the protocol on every sample; each image is encoded once.

    With `closer_look` corrections are answered from parts of the image, as the page does by the manifest's
    rule; each part is encoded besides.
    Raises EvaluationImpossible when there is no sample, or one of another size than its image.
    """
    low_res = low_res or LowResRule()
    scores: list[ObjectScore] = []
    images, encode_seconds = 0, 0.0
    for _, group in groupby(samples, key=lambda sample: sample.image_name):
        of_image = list(group)
        image = of_image[0].read_image()
        start = time.perf_counter()
        embedding = segmenter.encode(image)
        encode_seconds += time.perf_counter() - start
        images += 1
        whole = View.of_image(embedding, low_res)
        for sample in of_image:
            truth = _truth_of(sample, image)
            closer = CloserLooks(segmenter, image, closer_look, low_res)
            scores.append(Trial(segmenter, whole, truth, closer).run(sample.annotation_id, clicks))
            if on_object is not None:
                on_object(scores[-1])
    if not scores:
        raise EvaluationImpossible("There is no object to evaluate. Choose fewer conditions.")
    return Report(scores, clicks, images, encode_seconds, closer_look)


def _truth_of(sample: Sample, image: NDArray[np.uint8]) -> Mask:
    if sample.truth.size_hw != image.shape[:2]:
        raise EvaluationImpossible(
            f"The mask of annotation {sample.annotation_id} is {sample.truth.size_hw} but the image "
            f"{sample.image_name} is {image.shape[:2]} (height, width). Annotate the image as it is shown."
        )
    return decode(sample.truth)
