"""Corrections are answered from an embedding of the object's surroundings, as the evaluation does it."""

import numpy as np
import pytest
from PIL import Image as PillowImage

from segmentation.evaluation.views import Answer, LowResRule, View, ask
from segmentation.prompts import make_prompt
from segmentation.registry import load_segmenter
from tests.fixtures.truth import TrueObject, iou, load_object
from tests.journeys.support.browser import Browser
from tests.journeys.support.pages import EMBEDDING_TIMEOUT_MS, ProjectPage, Workspace
from tests.journeys.support.server import Server

COIN = load_object("small coin")
CLICKS = [(*COIN.click, 1), (COIN.click[0], COIN.click[1] - 26, 0), (COIN.click[0] + 9, COIN.click[1] + 4, 1)]


@pytest.fixture
def workspace(server: Server, browser: Browser) -> Workspace:
    project = ProjectPage.create(browser.open(server.sign_in_link()), "Coins", categories=["coin"])
    project.upload(COIN.photo)
    return project.open_image(COIN.photo.name)


def _click(workspace: Workspace, at: int) -> None:
    x, y, label = CLICKS[at]
    workspace.click(x, y, label="foreground" if label else "background", add=True)


def _wait_for_closer_part(workspace: Workspace) -> tuple[int, int, int, int]:
    """x0, y0, x1, y1, from when its embedding is there."""
    workspace.page.wait_for_function(
        "() => document.querySelector('[data-workspace]').describe().closerPart !== null",
        timeout=EMBEDDING_TIMEOUT_MS,
    )
    x, y, width, height = workspace.describe()["closerPart"]
    return x, y, x + width, y + height


def _evaluated(coin: TrueObject, part: tuple[int, int, int, int]) -> Answer:
    """The third answer, computed here: two from the whole image, then one from the part."""
    segmenter = load_segmenter("pocket")
    with PillowImage.open(coin.photo) as photo:
        image = np.asarray(photo.convert("RGB"))
    x0, y0, x1, y1 = part
    whole = View.of_image(segmenter.encode(image), LowResRule())
    crop = np.ascontiguousarray(image[y0:y1, x0:x1])
    closer = View(segmenter.encode(crop), whole.image_hw, part, LowResRule())
    answer = None
    for count, view in enumerate([whole, whole, closer], start=1):
        prompt = make_prompt(CLICKS[:count])
        points_xy, labels = prompt.points_xy, prompt.point_labels
        answer = ask(segmenter, view, points_xy=points_xy, point_labels=labels, before=answer)
    assert answer is not None
    return answer


def test_third_click_is_answered_from_the_surroundings(workspace: Workspace) -> None:
    _click(workspace, 0)
    _click(workspace, 1)
    part = _wait_for_closer_part(workspace)
    assert workspace.describe()["decodedWithin"] is None
    _click(workspace, 2)
    described = workspace.describe()
    height, width = described["imageHw"]
    left, top, *_ = described["decodedWithin"]
    assert (round(left * width), round(top * height)) == part[:2]

    found = workspace.candidate_mask()
    expected = _evaluated(COIN, part)
    assert not expected.is_cut_off
    assert iou(found, expected.view.on_image(expected.mask)) > 0.95
    assert iou(found, COIN.mask) > 0.8
    workspace.accept()
    workspace.wait_until_saved()
    assert iou(workspace.annotation_masks()[-1], found) == 1
    assert workspace.describe()["closerPart"] is None


def test_whoever_wants_the_whole_image_only_gets_it(workspace: Workspace) -> None:
    workspace.page.keyboard.press("Control+k")
    workspace.page.keyboard.type("Look closer")
    workspace.page.keyboard.press("Enter")
    for at in range(len(CLICKS)):
        _click(workspace, at)
    described = workspace.describe()
    assert len(described["points"]) == len(CLICKS)
    assert (described["closerPart"], described["decodedWithin"]) == (None, None)
