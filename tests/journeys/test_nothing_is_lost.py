"""Killed browsers, a stopped server, a reload: what was accepted arrives, and arrives once."""

import numpy as np
import pytest

from tests.fixtures.truth import load_object
from tests.journeys.support.browser import Browser
from tests.journeys.support.pages import ProjectPage, Workspace
from tests.journeys.support.server import Server

COINS = ("small coin", "top coin", "big coin")


@pytest.fixture
def workspace(server: Server, browser: Browser) -> Workspace:
    """An image of coins, opened for the first time."""
    coin = load_object("small coin")
    project = ProjectPage.create(browser.open(server.sign_in_link()), "Coins", categories=["coin", "medal"])
    project.upload(coin.photo)
    return project.open_image(coin.photo.name)


def reopen(browser: Browser, server: Server, address: str) -> Workspace:
    """As after a restart of the computer: sign in with a new link, go where one was."""
    page = browser.open(server.sign_in_link())
    page.goto(address)
    opened = Workspace(page)
    opened.wait_until_ready()
    return opened


@pytest.mark.every_engine
def test_browser_killed_right_after_enter_loses_no_mask(
    workspace: Workspace, server: Server, browser: Browser
) -> None:
    address = workspace.page.url
    accepted = workspace.annotate(*load_object("small coin").click)
    browser.kill()
    opened = reopen(browser, server, address)
    opened.wait_until_saved()
    (stored,) = opened.annotation_masks()
    assert np.array_equal(stored, accepted)


def test_masks_made_while_the_server_is_down_all_arrive_once(
    workspace: Workspace, server: Server, browser: Browser
) -> None:
    browser.expected_complaints += ["net::ERR_CONNECTION_REFUSED", "The server cannot be reached"]
    address = workspace.page.url
    server.stop()
    accepted = [workspace.annotate(*load_object(name).click) for name in COINS]
    assert workspace.describe()["pending"] == 3
    server.start()
    workspace.wait_until_saved()

    elsewhere = reopen(browser, server, address)
    stored = elsewhere.annotation_masks()
    assert len(stored) == 3
    for mask in accepted:
        assert any(np.array_equal(mask, each) for each in stored)


@pytest.mark.every_engine
def test_reload_in_the_middle_of_a_prompt_keeps_all_that_was_accepted(workspace: Workspace) -> None:
    accepted = workspace.annotate(*load_object("small coin").click)
    workspace.click(*load_object("big coin").click)
    workspace.page.reload()
    workspace.wait_until_ready()
    workspace.wait_for_annotations(1)
    workspace.wait_until_saved()
    assert np.array_equal(workspace.annotation_masks()[0], accepted)
    # And work goes on: the click is still there.
    workspace.wait_for_candidates()
    workspace.accept()


@pytest.mark.every_engine
def test_undo_and_redo_of_everything_with_the_keyboard_reach_the_server(
    workspace: Workspace, server: Server, browser: Browser
) -> None:
    keyboard = workspace.page.keyboard
    first = workspace.annotate(*load_object("small coin").click)
    workspace.annotate(*load_object("big coin").click)
    # Accepting and clicking are steps of their own.
    keyboard.press("Control+z")
    workspace.wait_for_annotations(1)
    assert len(workspace.describe()["points"]) == 1
    keyboard.press("Control+z")
    assert workspace.describe()["points"] == []
    keyboard.press("Control+z")
    workspace.wait_for_annotations(0)
    keyboard.press("Control+Shift+Z")
    workspace.wait_for_annotations(1)
    workspace.wait_until_saved()
    (stored,) = reopen(browser, server, workspace.page.url).annotation_masks()
    assert np.array_equal(stored, first)


def test_escape_drops_the_prompt_and_nothing_else(workspace: Workspace) -> None:
    workspace.annotate(*load_object("small coin").click)
    workspace.click(*load_object("big coin").click)
    workspace.page.keyboard.press("Escape")
    assert workspace.describe()["points"] == []
    assert workspace.annotation_count() == 1
