"""Corrections are answered from the part of the image around the object, by the manifest's rule."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from segmentation.evaluation import Report, Sample, evaluate
from segmentation.geometry import PartXYXY
from segmentation.imaging import read_rgb
from segmentation.masks import Mask, encode
from segmentation.prompts import BACKGROUND, FOREGROUND, Prompt
from segmentation.registry import get_spec
from segmentation.segmenters.base import CandidateMask, ImageEmbedding
from segmentation.segmenters.exported import ExportedSegmenter
from segmentation.segmenters.manifest import CloserLook
from tests.fixtures.truth import load_object
from tests.segmentation.looking_segmenter import LookingSegmenter, image_of_places

HW = (200, 250)
WHOLE = (0, 0, 250, 200)
RULE = CloserLook(from_point=3, margin=2.0)


def mask_of(*boxes: PartXYXY) -> Mask:
    mask = np.zeros(HW, np.bool_)
    for x0, y0, x1, y1 in boxes:
        mask[y0:y1, x0:x1] = True
    return mask


TRUTH = mask_of((100, 80, 150, 120))
HALF = mask_of((100, 80, 125, 120))
MOST = mask_of((100, 80, 150, 116))
AROUND_MOST = (75, 62, 175, 134)
NEARLY_ALL = mask_of((100, 80, 150, 118))
MORE = mask_of((100, 80, 150, 132))
AROUND_MORE = (75, 54, 175, 158)
DOWN_TO_THE_SIDE = mask_of((100, 80, 150, 120), (120, 120, 130, 160))
BLOB = (10, 10, 45, 45)


def evaluated(
    segmenter: LookingSegmenter, *, clicks: int = 5, rule: CloserLook | None = RULE, truth: Mask = TRUTH
) -> Report:
    sample = Sample(1, "a.png", lambda: image_of_places(HW), encode(truth))
    return evaluate(segmenter, [sample], clicks=clicks, closer_look=rule)


def places(segmenter: LookingSegmenter) -> list[PartXYXY]:
    return [place for place, _ in segmenter.asked]


def test_the_third_point_is_answered_from_the_part_around_the_object() -> None:
    segmenter = LookingSegmenter([HALF, MOST, TRUTH])
    report = evaluated(segmenter)
    assert places(segmenter) == [WHOLE, WHOLE, AROUND_MOST]
    assert report.scores[0].click_ious == pytest.approx([0.5, 0.9, 1, 1, 1])
    assert segmenter.embedded == [WHOLE, AROUND_MOST]


def test_points_and_logits_are_moved_into_the_part() -> None:
    segmenter = LookingSegmenter([HALF, MOST, TRUTH])
    evaluated(segmenter)
    (_, second), (_, third) = segmenter.asked[1:]
    assert third.points_xy[:2].tolist() == [[x - 75, y - 62] for x, y in second.points_xy.tolist()]
    x0, y0, x1, y1 = AROUND_MOST
    assert third.mask_logits is not None
    assert np.array_equal(third.mask_logits > 0, MOST[y0:y1, x0:x1])


@pytest.mark.parametrize("from_point", [2, 4])
def test_the_rule_says_from_which_point(from_point: int) -> None:
    segmenter = LookingSegmenter([MOST, MOST, MOST, MOST, TRUTH])
    evaluated(segmenter, rule=CloserLook(from_point, 2.0))
    from_whole = [place == WHOLE for place in places(segmenter)]
    assert from_whole == [True] * (from_point - 1) + [False] * (6 - from_point)


def test_the_rule_says_how_much_around_the_object() -> None:
    segmenter = LookingSegmenter([HALF, MOST, TRUTH])
    evaluated(segmenter, rule=CloserLook(3, 2.5))
    assert places(segmenter)[2] == (62, 53, 188, 143)


def test_a_part_serves_as_long_as_the_object_lies_well_in_it() -> None:
    segmenter = LookingSegmenter([HALF, MOST, NEARLY_ALL, MORE, TRUTH])
    report = evaluated(segmenter)
    assert places(segmenter) == [WHOLE, WHOLE, AROUND_MOST, AROUND_MOST, AROUND_MORE]
    assert segmenter.embedded == [WHOLE, AROUND_MOST, AROUND_MORE]
    assert report.parts == 2


def test_background_points_outside_the_part_are_left_out() -> None:
    segmenter = LookingSegmenter([TRUTH | mask_of(BLOB), MOST, TRUTH])
    evaluated(segmenter)
    (_, second), (place, third) = segmenter.asked[1:]
    assert second.point_labels.tolist() == [FOREGROUND, BACKGROUND]
    assert place == AROUND_MOST
    assert third.point_labels.tolist() == [FOREGROUND, FOREGROUND]


def test_a_point_outside_the_part_is_answered_from_the_whole_image() -> None:
    segmenter = LookingSegmenter([mask_of(BLOB), MOST, TRUTH | mask_of(BLOB)])
    evaluated(segmenter, truth=TRUTH | mask_of((10, 10, 50, 45)))
    assert len(segmenter.asked[2][1].points_xy) == 3
    assert places(segmenter)[2] == WHOLE


def test_an_object_that_goes_on_beyond_the_part_is_found_in_the_whole_image() -> None:
    segmenter = LookingSegmenter([HALF, MOST, NEARLY_ALL, DOWN_TO_THE_SIDE, TRUTH])
    report = evaluated(segmenter)
    assert places(segmenter) == [WHOLE, WHOLE, AROUND_MOST, AROUND_MOST, WHOLE]
    assert report.scores[0].answered == 4
    given_back = segmenter.asked[-1][1].mask_logits
    x0, y0, x1, y1 = AROUND_MOST
    assert given_back is not None
    assert np.array_equal(given_back > 0, NEARLY_ALL)
    assert (given_back[y0:y1, x0:x1] >= -4).all()
    assert (given_back[:y0] == -8).all()
    assert (given_back[:, x1:] == -8).all()


def test_a_mask_at_the_side_of_the_image_is_not_cut_off() -> None:
    truth, most = mask_of((0, 150, 40, 200)), mask_of((0, 150, 36, 200))
    segmenter = LookingSegmenter([most, most, truth])
    evaluated(segmenter, truth=truth)
    # The second point, on column 37, belongs to the object, too.
    assert places(segmenter) == [WHOLE, WHOLE, (0, 125, 57, 200)]


def test_a_large_object_has_no_part() -> None:
    truth, most = mask_of((20, 20, 230, 180)), mask_of((20, 20, 220, 180))
    segmenter = LookingSegmenter([most, most, most, truth])
    assert evaluated(segmenter, truth=truth).parts == 0
    assert segmenter.embedded == [WHOLE]


def test_no_part_is_embedded_after_the_last_click() -> None:
    segmenter = LookingSegmenter([HALF, MOST])
    assert evaluated(segmenter, clicks=2).parts == 0


def test_boxes_are_answered_from_the_whole_image() -> None:
    segmenter = LookingSegmenter([HALF, MOST, TRUTH])
    evaluated(segmenter)
    assert segmenter.boxed == [WHOLE]


def test_each_object_has_parts_of_its_own() -> None:
    segmenter = LookingSegmenter([HALF, MOST, TRUTH, HALF, MOST, TRUTH])
    samples = [Sample(at, "a.png", lambda: image_of_places(HW), encode(TRUTH)) for at in (1, 2)]
    report = evaluate(segmenter, samples, clicks=5, closer_look=RULE)
    assert segmenter.embedded == [WHOLE, AROUND_MOST, AROUND_MOST]
    assert [score.parts for score in report.scores] == [1, 1]


def test_without_a_rule_the_whole_image_answers_everything() -> None:
    segmenter = LookingSegmenter([HALF, MOST, NEARLY_ALL, MORE, TRUTH])
    report = evaluated(segmenter, rule=None)
    assert places(segmenter) == [WHOLE] * 5
    assert segmenter.embedded == [WHOLE]
    assert report.to_json()["closer_look"] is None


def test_a_report_tells_the_rule_and_what_it_took() -> None:
    figures = evaluated(LookingSegmenter([HALF, MOST, TRUTH])).to_json()["closer_look"]
    assert figures.pop("seconds") > 0
    assert figures == {"from_point": 3, "margin": 2.0, "parts": 1}


class NotingPocket(ExportedSegmenter):
    """The segmenter that ships; notes the size of what each prompt is asked on."""

    def __init__(self) -> None:
        super().__init__(get_spec("pocket"))
        self.asked: list[tuple[tuple[int, int], Prompt]] = []

    def decode(self, embedding: ImageEmbedding, prompt: Prompt) -> list[CandidateMask]:
        self.asked.append((embedding.original_hw, prompt))
        return super().decode(embedding, prompt)


def photo_of(name: str) -> tuple[NDArray[np.uint8], Sample]:
    coin = load_object(name)
    image = read_rgb(coin.photo)
    return image, Sample(name, coin.photo.name, lambda: image, encode(coin.mask))


def test_a_coin_on_a_photo_is_corrected_from_a_closer_look() -> None:
    pocket = NotingPocket()
    assert pocket.manifest.closer_look == RULE
    image, sample = photo_of("top coin")
    report = evaluate(pocket, [sample], clicks=4, closer_look=pocket.manifest.closer_look)
    sizes = [size for size, _ in pocket.asked]
    assert sizes[:2] == [image.shape[:2]] * 2
    assert max(sizes[2]) < 160  # the coin is 59 pixels wide
    assert sizes[3] == sizes[2]
    assert report.parts == 1
    assert min(report.scores[0].click_ious[2:]) > 0.95


def test_a_closer_look_changes_nothing_before_it_begins() -> None:
    _, sample = photo_of("top coin")
    pocket = NotingPocket()
    whole = evaluate(pocket, [sample], clicks=3).scores[0]
    closer = evaluate(pocket, [sample], clicks=3, closer_look=RULE).scores[0]
    assert whole.click_ious[:2] == closer.click_ious[:2]
    assert whole.click_ious[2] != closer.click_ious[2]
    assert whole.box_iou == closer.box_iou
