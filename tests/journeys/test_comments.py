"""Two people talk about a place on an image."""

import re

from playwright.sync_api import Page, expect

from tests.fixtures.truth import load_object
from tests.journeys.conftest import BrowserFactory
from tests.journeys.support.pages import ProjectPage, Workspace
from tests.journeys.support.server import Server

COIN = load_object("small coin")
QUESTION = "Is the shadow a part of it?"


def _show_comments(page: Page) -> None:
    page.get_by_role("tab", name="Comments").click()


def test_a_comment_is_pinned_answered_and_resolved(server: Server, new_browser: BrowserFactory) -> None:
    anna, bert = new_browser(), new_browser()
    project = ProjectPage.create(anna.open(server.sign_in_link()), "Coins")
    project.upload(COIN.photo)
    hers = project.open_image(COIN.photo.name)
    hers.page.keyboard.press("t")
    hers.page.mouse.click(*hers.screen_point(*COIN.click))
    hers.page.get_by_role("textbox", name="What is to be said here?").fill(QUESTION)
    hers.page.keyboard.press("Enter")
    expect(hers.page.get_by_role("region", name="Comments").first).to_contain_text(QUESTION)
    assert hers.describe()["points"] == [], "choosing a place must not click on the image"

    his_page = bert.open(server.sign_in_link())
    his_page.goto(hers.page.url)
    his = Workspace(his_page)
    his.wait_until_ready()
    pin = his_page.get_by_role("button", name=re.compile(QUESTION[:20])).first
    box, (x, y) = pin.bounding_box(), his.screen_point(*COIN.click)
    assert box is not None
    assert abs(box["x"] - x) < 2, "the pin's lower left corner is the place"
    assert abs(box["y"] + box["height"] - y) < 2
    pin.click()
    his_page.get_by_role("textbox", name="Reply").fill("No, only the coin.")
    his_page.get_by_role("button", name="Send").click()
    expect(his_page.get_by_role("listitem").get_by_text("No, only the coin.")).to_be_visible()
    his_page.get_by_role("button", name="Resolve").click()
    expect(his_page.get_by_role("button", name="Open again")).to_be_visible()
    his_page.keyboard.press("Escape")
    expect(pin).to_be_hidden()

    hers.page.reload()
    hers.wait_until_ready()
    _show_comments(hers.page)
    expect(hers.page.get_by_text("No open comments.")).to_be_visible()
    hers.page.get_by_role("button", name="Resolved").click()
    hers.page.get_by_role("button", name=re.compile(QUESTION[:20])).click()
    expect(hers.page.get_by_text("No, only the coin.")).to_be_visible()


def test_a_comment_needs_no_mouse(server: Server, new_browser: BrowserFactory) -> None:
    browser = new_browser()
    project = ProjectPage.create(browser.open(server.sign_in_link()), "Coins")
    project.upload(COIN.photo)
    keyboard = project.open_image(COIN.photo.name).page.keyboard
    keyboard.press("t")
    keyboard.press("Enter")
    keyboard.type("In the middle")
    keyboard.press("Enter")
    page = project.page
    expect(page.get_by_role("button", name="Comment by admin: In the middle")).to_be_visible()
    keyboard.press("Escape")
    expect(page.get_by_role("textbox", name="Reply")).to_be_hidden()
