"""GrabCut and the flood fill find what anybody would find, and obey clicks and boxes."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from segmentation.evaluation import Sample, evaluate
from segmentation.evaluation.baselines import FULL_RESOLUTION, FloodFill, GrabCut
from segmentation.masks import encode
from segmentation.prompts import make_prompt
from segmentation.segmenters.base import Segmenter

SIZE_HW = (90, 120)


def picture() -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """A red square on noisy grey, and where it is."""
    rng = np.random.default_rng(0)
    image = rng.integers(90, 100, (*SIZE_HW, 3)).astype(np.uint8)
    truth = np.zeros(SIZE_HW, np.bool_)
    truth[30:60, 40:80] = True
    image[truth] = (200, 30, 30)
    return image, truth


@pytest.mark.parametrize("segmenter", [GrabCut(), FloodFill(tolerance=24)], ids=["grabcut", "flood fill"])
def test_a_plain_object_is_found_by_one_click_and_by_its_box(segmenter: Segmenter) -> None:
    image, truth = picture()
    sample = Sample(1, "picture", lambda: image, encode(truth))
    report = evaluate(segmenter, [sample], clicks=3, low_res=FULL_RESOLUTION)
    assert report.miou_at(1) > 0.95
    assert report.miou_box > 0.95


def test_a_background_click_takes_the_flood_away() -> None:
    image, _ = picture()
    segmenter = FloodFill(tolerance=24)
    embedding = segmenter.encode(image)
    everywhere = make_prompt([(60, 45, 1), (10, 10, 1)])
    without_the_rest = make_prompt([(60, 45, 1), (10, 10, 1), (110, 80, 0)])
    assert (segmenter.decode(embedding, everywhere)[0].low_res_logits > 0).all()
    assert (segmenter.decode(embedding, without_the_rest)[0].low_res_logits > 0).sum() == 30 * 40


def test_a_box_around_everything_leaves_grabcut_nothing_to_learn() -> None:
    image, _ = picture()
    segmenter = GrabCut()
    whole = make_prompt(box_xyxy=(0, 0, SIZE_HW[1], SIZE_HW[0]))
    assert (segmenter.decode(segmenter.encode(image), whole)[0].low_res_logits > 0).all()
