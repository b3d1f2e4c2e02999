"""Objects that people outlined, found through the page with up to five clicks."""

from itertools import groupby
from pathlib import Path

import pytest

from segmentation.evaluation import Sample, Selection, read_annotation_ids, read_coco_samples
from segmentation.evaluation.clicks import first_click, next_click
from segmentation.masks import decode
from segmentation.prompts import FOREGROUND
from tests.fixtures.truth import Mask, iou
from tests.journeys.support.browser import Browser
from tests.journeys.support.pages import ProjectPage, Workspace
from tests.journeys.support.server import Server
from tools.paths import ROOT

HELD_BACK = ROOT / "segmentation" / "training" / "splits" / "coco_val.json"
OBJECTS = 20
CLICKS = 5
# A person stops when the mask fits.
GOOD_ENOUGH = 0.9


def held_back_samples(coco: Path) -> list[Sample]:
    """Objects of photos that the segmenter has never seen. Their `image_name` is the path of the file."""
    ids = read_annotation_ids(HELD_BACK)
    selection = Selection(annotation_ids=ids, limit=OBJECTS)
    return read_coco_samples(coco / "annotations.json", coco / "images", selection)


def find_object(workspace: Workspace, truth: Mask) -> float:
    """IoU after as many clicks as it takes, five at most, by the standard protocol."""
    click = first_click(truth)
    for _ in range(CLICKS):
        is_foreground = click.label == FOREGROUND
        workspace.click(
            click.x, click.y, label="foreground" if is_foreground else "background", add=is_foreground
        )
        mask = workspace.candidate_mask()
        following = next_click(truth, mask)
        if following is None or iou(mask, truth) >= GOOD_ENOUGH:
            break
        click = following
    return iou(workspace.candidate_mask(), truth)


@pytest.mark.more
def test_twenty_objects_of_unseen_photos_need_at_most_five_clicks(
    server: Server, browser: Browser, shared_data: Path
) -> None:
    coco = shared_data / "regions" / "coco"
    samples = held_back_samples(coco)
    project = ProjectPage.create(browser.open(server.sign_in_link()), "Things")
    project.upload(*dict.fromkeys(Path(sample.image_name) for sample in samples))
    scores = []
    for name, of_photo in groupby(samples, key=lambda sample: sample.image_name):
        workspace = project.open_image(Path(name).name)
        for sample in of_photo:
            scores.append(find_object(workspace, decode(sample.truth)))
            workspace.page.keyboard.press("Escape")
        project = workspace.back_to_project()
    assert len(scores) == OBJECTS
    mean = sum(scores) / len(scores)
    print(f"mean IoU after up to {CLICKS} clicks: {mean:.3f}")
    assert mean > 0.7, scores
