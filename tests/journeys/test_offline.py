"""An hour without a network: work goes on, and all of it arrives when the network is back."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.fixtures.truth import load_object
from tests.journeys.conftest import BrowserFactory
from tests.journeys.support.browser import OFFLINE
from tests.journeys.support.pages import ProjectPage, Workspace
from tests.journeys.support.server import Server

SMALL, TOP, BIG = (load_object(name) for name in ("small coin", "top coin", "big coin"))
QUESTION = "One coin or two?"


@pytest.fixture
def workspace(server: Server, new_browser: BrowserFactory) -> Workspace:
    """Two masks are on the server; the page's clock can be moved on."""
    browser = new_browser()
    browser.expected_complaints += OFFLINE
    page = browser.open("about:blank")
    page.clock.install()
    page.goto(server.sign_in_link())
    project = ProjectPage.create(page, "Coins", categories=["coin", "medal"])
    project.upload(SMALL.photo)
    workspace = project.open_image(SMALL.photo.name)
    workspace.annotate(*SMALL.click)
    workspace.annotate(*TOP.click)
    workspace.wait_until_saved()
    return workspace


def test_an_hour_offline_loses_nothing(
    workspace: Workspace, server: Server, new_browser: BrowserFactory
) -> None:
    page = workspace.page
    page.context.set_offline(True)
    _comment(workspace, QUESTION)
    workspace.annotate(*BIG.click)
    _choose(workspace, 0)
    page.keyboard.press("2")
    _paint_on_the_selected_mask(workspace)
    for _ in range(4):
        page.clock.fast_forward("15:00")
    expect(page.get_by_text("You can go on")).to_be_visible()
    _choose(workspace, 1)
    page.keyboard.press("Delete")
    workspace.wait_for_annotations(2)
    expected = workspace.describe()["annotations"]

    page.context.set_offline(False)
    workspace.wait_until_saved()
    expect(page.get_by_role("status", name=re.compile("^Saved"))).to_be_visible()
    elsewhere = new_browser().open(server.sign_in_link())
    elsewhere.goto(page.url)
    there = Workspace(elsewhere)
    there.wait_until_ready()
    there.wait_for_annotations(2)
    arrived = there.describe()["annotations"]
    for mine, theirs in zip(expected, arrived, strict=True):
        assert (mine["id"], mine["categoryId"]) == (theirs["id"], theirs["categoryId"])
    for mine_mask, their_mask in zip(workspace.annotation_masks(), there.annotation_masks(), strict=True):
        assert np.array_equal(mine_mask, their_mask)
    expect(elsewhere.get_by_role("button", name=re.compile(re.escape(QUESTION)))).to_be_visible()


def test_what_was_said_offline_survives_a_killed_tab(workspace: Workspace) -> None:
    page = workspace.page
    page.context.set_offline(True)
    _comment(workspace, QUESTION)
    page.get_by_role("textbox", name="Reply").fill("Two, I think.")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Not sent yet; kept in this browser.")).to_have_count(2)
    page.close(run_before_unload=False)
    again = page.context.new_page()
    page.context.set_offline(False)
    again.goto(page.url)
    opened = Workspace(again)
    opened.wait_until_ready()
    again.get_by_role("button", name=re.compile(re.escape(QUESTION))).click()
    expect(again.get_by_text("Two, I think.")).to_be_visible()
    expect(again.get_by_text("Not sent yet; kept in this browser.")).to_be_hidden()


def _comment(workspace: Workspace, text: str) -> None:
    page = workspace.page
    page.keyboard.press("t")
    page.mouse.click(*workspace.screen_point(*SMALL.click))
    page.get_by_role("textbox", name="What is to be said here?").fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Not sent yet; kept in this browser.")).to_be_visible()


def _choose(workspace: Workspace, index: int) -> None:
    """The annotation in the list, by its place in the drawing order."""
    annotation = workspace.describe()["annotations"][index]
    workspace.page.locator(f"[data-row='{annotation['id']}']").click()


def _paint_on_the_selected_mask(workspace: Workspace) -> None:
    page = workspace.page
    before = workspace.describe()["annotations"]
    page.keyboard.press("b")
    x, y = workspace.screen_point(*BIG.click)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 10, steps=4)
    page.mouse.up()
    page.keyboard.press("p")
    assert workspace.describe()["annotations"] != before
