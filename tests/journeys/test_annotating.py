"""An hour of annotating in a minute: boxes, candidates, keys, hover, and the next image ready at once."""

import os
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.fixtures.truth import PHOTOS, Mask, iou, load_object
from tests.journeys.support.browser import Browser
from tests.journeys.support.pages import EMBEDDING_TIMEOUT_MS, ProjectPage, Workspace, mask_of
from tests.journeys.support.server import Server
from tools.paths import ROOT

README_SCREENSHOT = ROOT / "docs" / "screenshot.png"
# Set by the one who wants a new picture in the README, so that a test run leaves the tree as it was.
WRITE_SCREENSHOT = "MASKWRIGHT_WRITE_SCREENSHOT"


@pytest.fixture
def project(server: Server, browser: Browser) -> ProjectPage:
    categories = ["coin", "medal"]
    project = ProjectPage.create(browser.open(server.sign_in_link()), "Antiquities", categories=categories)
    # One after the other: together either may be the first.
    project.upload(PHOTOS / "coins.jpg")
    project.upload(PHOTOS / "coffee.jpg")
    return project


@pytest.fixture
def workspace(project: ProjectPage) -> Workspace:
    return project.open_image("coins.jpg")


@pytest.mark.every_engine
def test_box_finds_what_it_is_drawn_around(workspace: Workspace) -> None:
    coin = load_object("big coin")
    rows, columns = np.nonzero(coin.mask)
    workspace.drag_box(
        float(columns.min()), float(rows.min()), float(columns.max() + 1), float(rows.max() + 1)
    )
    assert iou(workspace.candidate_mask(), coin.mask) > 0.6


@pytest.mark.every_engine
def test_keys_choose_a_candidate_and_a_category_accept_and_delete(workspace: Workspace) -> None:
    workspace.click(*load_object("top coin").click)
    candidates = workspace.describe()["candidates"]
    assert len(candidates) == 3
    workspace.page.keyboard.press("Tab")
    second = workspace.candidate_mask()
    workspace.page.keyboard.press("2")
    workspace.accept()
    assert np.array_equal(workspace.annotation_masks()[0], second)
    listed = workspace.page.get_by_role("list", name="Annotations")
    expect(listed).to_contain_text("medal")
    listed.get_by_role("button", pressed=False).first.click()
    workspace.page.keyboard.press("Delete")
    workspace.wait_for_annotations(0)
    workspace.wait_until_saved()


@pytest.mark.every_engine
def test_right_click_takes_a_part_away(workspace: Workspace) -> None:
    coin = load_object("big coin")
    workspace.click(*coin.click)
    x, y = 337, 125  # the coin above
    workspace.click(x, y, label="background")
    assert not workspace.candidate_mask()[y, x]
    assert [point["label"] for point in workspace.describe()["points"]] == [1, 0]


@pytest.mark.every_engine
def test_resting_shows_the_mask_before_the_click(workspace: Workspace) -> None:
    workspace.page.mouse.move(*workspace.screen_point(*load_object("small coin").click))
    workspace.page.wait_for_function(
        "() => document.querySelector('[data-workspace]').describe().hoverRle !== null"
    )
    assert workspace.annotation_count() == 0
    assert workspace.describe()["points"] == []


def test_next_image_is_ready_when_one_gets_there(project: ProjectPage, browser: Browser) -> None:
    """Its embedding was fetched while the first image was opened: the network may be gone by then."""
    # The worker that measures whether two threads are faster may ask for embeddings at that very moment.
    browser.expected_complaints += ["The server cannot be reached", "net::ERR_FAILED"]
    page = project.page
    link = page.get_by_role("link", name="coffee.jpg", exact=True)
    next_id = str(link.get_attribute("href")).rsplit("/", 1)[-1]
    with page.expect_response(re.compile(rf"/images/{next_id}/embedding/.*"), timeout=EMBEDDING_TIMEOUT_MS):
        workspace = project.open_image("coins.jpg")
    page.route("**/embedding/**", lambda route: route.abort())
    page.keyboard.press("d")
    expect(workspace.canvas).to_have_attribute("data-image-id", next_id)
    workspace.wait_until_ready()
    workspace.click(*load_object("espresso").click)
    assert workspace.candidate_mask().any()


def choose_what_fits(workspace: Workspace, truth: Mask) -> float:
    """Tab to the candidate that a person would take. Returns its IoU."""
    candidates = workspace.describe()["candidates"]
    fits = [iou(mask_of(candidate["rle"]), truth) for candidate in candidates]
    while workspace.describe()["chosen"] != int(np.argmax(fits)):
        workspace.page.keyboard.press("Tab")
    return max(fits)


def test_three_coins_are_found_and_the_status_bar_says_what_runs(workspace: Workspace) -> None:
    for name in ("top coin", "small coin", "big coin"):
        coin = load_object(name)
        workspace.click(*coin.click)
        assert choose_what_fits(workspace, coin.mask) > 0.7
        if name != "big coin":
            workspace.accept()
    workspace.page.keyboard.press("2")
    status = workspace.page.get_by_role("region", name="Status")
    expect(status.get_by_test_id("runtime")).to_have_text(re.compile(r"WASM, (single thread|\d+ threads)"))
    expect(status).to_contain_text(" ms")
    workspace.wait_until_saved()
    if os.environ.get(WRITE_SCREENSHOT):
        workspace.page.screenshot(path=README_SCREENSHOT)
