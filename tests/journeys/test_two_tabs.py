"""One person, two tabs of one browser: they share a journal, and neither overwrites what the other made."""

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.fixtures.truth import load_object
from tests.journeys.support.browser import OFFLINE, Browser
from tests.journeys.support.pages import ProjectPage, Workspace
from tests.journeys.support.server import Server

SMALL, BIG = load_object("small coin"), load_object("big coin")
CATEGORIES = ("coin", "medal", "button")


@pytest.fixture
def first(server: Server, browser: Browser) -> Workspace:
    project = ProjectPage.create(browser.open(server.sign_in_link()), "Coins", categories=CATEGORIES)
    project.upload(SMALL.photo)
    return project.open_image(SMALL.photo.name)


def _open_beside(first: Workspace, browser: Browser) -> Workspace:
    """The same image in another tab."""
    second = Workspace(browser.open(first.page.url))
    second.wait_until_ready()
    return second


def _give_category(workspace: Workspace, key: str) -> None:
    """To the only annotation there is."""
    workspace.page.bring_to_front()
    annotations = workspace.page.get_by_role("list", name="Annotations")
    annotations.get_by_role("button", pressed=False).first.click()
    workspace.page.keyboard.press(key)


def test_what_a_closed_tab_has_not_sent_is_sent_by_the_other(first: Workspace, browser: Browser) -> None:
    browser.expected_complaints += OFFLINE
    second = _open_beside(first, browser)
    first.page.bring_to_front()
    first.page.context.set_offline(True)
    accepted = first.annotate(*SMALL.click)
    first.page.close()
    expect(second.page.get_by_text("Offline, 1 waiting")).to_be_visible()
    second.page.context.set_offline(False)
    expect(second.page.get_by_role("status", name="Saved")).to_be_visible()
    second.page.reload()
    second.wait_until_ready()
    second.wait_for_annotations(1)
    assert np.array_equal(second.annotation_masks()[0], accepted)


def test_two_tabs_that_change_one_annotation_ask_which_one_stays(first: Workspace, browser: Browser) -> None:
    browser.expected_complaints.append("status of 409")
    first.annotate(*SMALL.click)
    first.wait_until_saved()
    second = _open_beside(first, browser)
    _give_category(first, "2")
    first.wait_until_saved()
    _give_category(second, "3")
    for tab in (first, second):
        dialog = tab.page.get_by_role("dialog", name="Somebody else changed this annotation")
        expect(dialog).to_contain_text("you, in another window")
    dialog.get_by_role("button", name="Take theirs").click()
    for tab in (first, second):
        expect(tab.page.get_by_role("dialog")).to_be_hidden()
        expect(tab.page.get_by_role("list", name="Annotations")).to_contain_text("medal")
        tab.wait_until_saved()


def test_tabs_that_draw_on_the_same_image_lose_nothing_of_each_other(
    first: Workspace, browser: Browser
) -> None:
    second = _open_beside(first, browser)
    second.annotate(*BIG.click)
    first.page.bring_to_front()
    first.annotate(*SMALL.click)
    for tab in (first, second):
        tab.wait_until_saved()
    first.page.reload()
    first.wait_until_ready()
    first.wait_for_annotations(2)
