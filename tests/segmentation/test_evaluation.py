"""The simulated annotator clicks where a person with a ruler would, and the figures add up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from segmentation.evaluation import (
    EvaluationImpossible,
    ObjectScore,
    Report,
    Sample,
    evaluate,
    intersection_over_union,
)
from segmentation.evaluation.clicks import Click, first_click, next_click
from segmentation.masks import Mask, encode
from segmentation.prompts import BACKGROUND, FOREGROUND
from tests.segmentation.fake_segmenter import ScriptedSegmenter, logits_of, spec_in

SIZE = (16, 16)


def mask_of(*rectangles: tuple[int, int, int, int]) -> Mask:
    """Union of rectangles (top, left, bottom, right), bottom and right exclusive."""
    mask = np.zeros(SIZE, np.bool_)
    for top, left, bottom, right in rectangles:
        mask[top:bottom, left:right] = True
    return mask


TRUTH = mask_of((4, 4, 11, 11))  # 49 pixels
LEFT_PART_AND_A_STRIP = mask_of((4, 4, 11, 8), (0, 0, 2, 10))  # misses 3 x 7, adds 2 x 10
ALL_AND_A_SPOT = mask_of((4, 4, 11, 11), (12, 0, 15, 5))  # adds 3 x 5


@pytest.fixture
def segmenter(tmp_path: Path) -> ScriptedSegmenter:
    return ScriptedSegmenter(
        spec_in(tmp_path),
        click_masks={1: LEFT_PART_AND_A_STRIP, 2: ALL_AND_A_SPOT, 3: TRUTH},
        box_masks={(4, 4, 11, 11): mask_of((4, 4, 11, 9))},
        decoy=mask_of((0, 0, 1, 1)),
    )


def sample(truth: Mask, image_name: str = "a.png", annotation_id: int = 1) -> Sample:
    def read_image() -> NDArray[np.uint8]:
        return np.zeros((*SIZE, 3), np.uint8)

    return Sample(annotation_id, image_name, read_image, encode(truth))


def test_clicks_of_an_object_that_takes_three(segmenter: ScriptedSegmenter) -> None:
    report = evaluate(segmenter, [sample(TRUTH)], clicks=5)
    first, second, third, box = segmenter.prompts
    assert third.points_xy.tolist() == [[7.5, 7.5], [9.5, 5.5], [1.5, 13.5]]
    assert third.point_labels.tolist() == [FOREGROUND, FOREGROUND, BACKGROUND]
    assert first.points_xy.tolist() == [[7.5, 7.5]]
    assert second.points_xy.tolist() == [[7.5, 7.5], [9.5, 5.5]]
    assert (box.box_xyxy, len(box.points_xy), box.mask_logits) == ((4, 4, 11, 11), 0, None)
    assert report.scores[0].click_ious == pytest.approx([28 / 69, 49 / 64, 1, 1, 1])
    assert report.scores[0].box_iou == pytest.approx(35 / 49)
    assert report.scores[0].answered == 3


def test_what_perfect_ranking_would_give_and_how_far_estimates_are_off(segmenter: ScriptedSegmenter) -> None:
    report = evaluate(segmenter, [sample(TRUTH)], clicks=2)
    assert report.miou_best_candidate == pytest.approx(28 / 69)
    predicted = [prediction for prediction, _ in report.calibration()]
    assert [true for _, true in report.calibration()] == pytest.approx([28 / 69, 49 / 64])
    errors = [abs(p - t) for p, t in report.calibration()]
    assert len(predicted) == 2
    assert report.calibration_error == pytest.approx(sum(errors) / 2)


def test_the_chosen_logits_are_fed_back(segmenter: ScriptedSegmenter) -> None:
    evaluate(segmenter, [sample(TRUTH)], clicks=5)
    first, second, third, _ = segmenter.prompts
    assert first.mask_logits is None
    assert second.mask_logits is not None
    assert third.mask_logits is not None
    assert np.array_equal(second.mask_logits, logits_of(LEFT_PART_AND_A_STRIP))
    assert np.array_equal(third.mask_logits, logits_of(ALL_AND_A_SPOT))


def test_the_candidate_is_chosen_by_predicted_iou_not_by_the_truth(segmenter: ScriptedSegmenter) -> None:
    segmenter.decoy = TRUTH
    assert evaluate(segmenter, [sample(TRUTH)], clicks=1).miou_at(1) == pytest.approx(28 / 69)


def test_an_image_is_encoded_once_for_all_its_objects(segmenter: ScriptedSegmenter) -> None:
    samples = [sample(TRUTH, "a.png", 1), sample(TRUTH, "a.png", 2), sample(TRUTH, "b.png", 3)]
    seen: list[int | str] = []
    report = evaluate(segmenter, samples, clicks=3, on_object=lambda score: seen.append(score.annotation_id))
    assert segmenter.encode_calls == report.images == 2
    assert seen == [1, 2, 3]


def test_the_report_has_the_promised_keys(segmenter: ScriptedSegmenter) -> None:
    figures = evaluate(segmenter, [sample(TRUTH)], clicks=5).to_json(with_objects=True)
    assert figures["miou_at"] == pytest.approx({"1": 28 / 69, "3": 1.0, "5": 1.0})
    assert figures["noc"] == {"85": 3, "90": 3}
    assert figures["objects"] == figures["images"] == 1
    assert figures["seconds_per_click"] > 0
    assert figures["per_object"][0]["annotation_id"] == 1


def test_means_and_unreached_thresholds() -> None:
    ious = [[0.5] * 20, [0.86] * 3 + [0.95] * 17]
    scores = [
        ObjectScore(at, row, box_iou=0.5, answered=20, decode_seconds=2.0) for at, row in enumerate(ious)
    ]
    figures = Report(scores, clicks=20, images=1, encode_seconds=3.0).to_json()
    assert figures["miou_at"] == pytest.approx({"1": 0.68, "3": 0.68, "5": 0.725, "10": 0.725, "20": 0.725})
    assert figures["noc"] == {"85": (20 + 1) / 2, "90": (20 + 4) / 2}
    assert figures["seconds_per_click"] == pytest.approx(0.1)
    assert figures["seconds_per_image"] == pytest.approx(3.0)


def test_without_samples_there_is_no_report(segmenter: ScriptedSegmenter) -> None:
    with pytest.raises(EvaluationImpossible):
        evaluate(segmenter, [])


def test_a_mask_of_another_size_than_its_image_is_refused(segmenter: ScriptedSegmenter) -> None:
    with pytest.raises(EvaluationImpossible, match=r"\(8, 16\).*a\.png"):
        evaluate(segmenter, [sample(TRUTH[:8])])


@pytest.mark.parametrize(
    ("predicted", "expected"),
    [
        (lambda: TRUTH, None),
        (lambda: mask_of(), Click(7.5, 7.5, FOREGROUND)),
        # Two errors of nine pixels each: the missed one comes first.
        (lambda: mask_of((4, 4, 11, 8), (7, 8, 11, 11), (12, 12, 15, 15)), Click(9.5, 5.5, FOREGROUND)),
        # Larger in area but nowhere deep: still the largest region.
        (lambda: mask_of((4, 4, 11, 11), (13, 0, 14, 16), (0, 0, 3, 3)), Click(0.5, 13.5, BACKGROUND)),
        # Diagonal neighbours are one region of eight pixels, against seven in one place.
        (
            lambda: mask_of((4, 4, 11, 11), (0, 0, 2, 2), (2, 2, 4, 4), (13, 1, 14, 8)),
            Click(0.5, 0.5, BACKGROUND),
        ),
    ],
)
def test_next_click(predicted: Callable[[], Mask], expected: Click | None) -> None:
    assert next_click(TRUTH, predicted()) == expected


def test_first_click_counts_the_image_border_as_border() -> None:
    assert first_click(mask_of((0, 0, 5, 16))) == Click(2.5, 2.5, FOREGROUND)


def test_an_object_without_pixels_cannot_be_clicked() -> None:
    with pytest.raises(ValueError, match="without pixels"):
        first_click(mask_of())


def test_iou() -> None:
    assert intersection_over_union(mask_of((0, 0, 4, 4)), mask_of((0, 2, 4, 6))) == pytest.approx(8 / 24)
    assert intersection_over_union(mask_of(), mask_of()) == 1.0
