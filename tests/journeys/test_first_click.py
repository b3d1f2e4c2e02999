"""From an empty data folder to a COCO file that pycocotools reads."""

import zipfile
from pathlib import Path

import numpy as np
import pytest
from pycocotools.coco import COCO

from tests.fixtures.truth import iou, load_object
from tests.journeys.support.browser import Browser
from tests.journeys.support.pages import ProjectPage
from tests.journeys.support.server import MAKE_RUN, Server


@pytest.mark.every_engine
def test_newcomer_clicks_accepts_and_exports_what_the_page_showed(
    fresh_server: Server, browser: Browser, tmp_path: Path
) -> None:
    coin = load_object("small coin")
    page = browser.open(fresh_server.start(MAKE_RUN))
    assert page.evaluate("crossOriginIsolated"), "without isolation there are no WASM threads"
    project = ProjectPage.create(page, "Coins", categories=["coin"])
    project.upload(coin.photo)

    workspace = project.open_image(coin.photo.name)
    workspace.click(*coin.click)
    shown = workspace.candidate_mask()
    assert iou(shown, coin.mask) > 0.6
    workspace.accept()
    workspace.wait_until_saved()
    assert np.array_equal(workspace.annotation_masks()[0], shown)

    archive = workspace.back_to_project().export(tmp_path)
    exported = load_export(archive, tmp_path / "coco")
    (annotation,) = exported.loadAnns(exported.getAnnIds())
    assert np.array_equal(exported.annToMask(annotation).astype(bool), shown)
    assert annotation["iscrowd"] == 0
    assert exported.loadCats(annotation["category_id"])[0]["name"] == "coin"


def load_export(archive: Path, folder: Path) -> COCO:
    with zipfile.ZipFile(archive) as zipped:
        zipped.extractall(folder)
    coco = COCO(folder / "annotations.json")
    for image in coco.loadImgs(coco.getImgIds()):
        assert (folder / "images" / image["file_name"]).exists()
    return coco
