"""A browser without room: annotators hear of it in time, and what it refuses to keep is sent all the same."""

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.fixtures.truth import load_object
from tests.journeys.support.browser import OFFLINE, Browser
from tests.journeys.support.pages import ProjectPage, Workspace
from tests.journeys.support.server import Server

SMALL, BIG = load_object("small coin"), load_object("big coin")
# Enough for a project and some masks, too little for the reserve.
QUOTA_BYTES = 2_000_000

# Through a database of the page's origin, as any other page of the site could.
FILL = """
async () => {
  const opening = indexedDB.open("filler", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("filler", { autoIncrement: true });
  await new Promise((resolve, reject) => { opening.onsuccess = resolve; opening.onerror = reject; });
  const takes = (bytes) => new Promise((resolve) => {
    const transaction = opening.result.transaction("filler", "readwrite");
    transaction.objectStore("filler").add(crypto.getRandomValues(new Uint8Array(bytes)));
    transaction.oncomplete = () => resolve(true);
    transaction.onabort = () => resolve(false);
  });
  for (const bytes of [65_536, 4_096, 256, 16]) while (await takes(bytes));
  opening.result.close();
}
"""


@pytest.fixture
def page(server: Server, browser: Browser) -> Page:
    """Of a browser that has little room for this server from the beginning: it asks how much only rarely."""
    page = browser.open("about:blank")
    _limit(page.context.new_cdp_session(page), server)
    page.goto(server.sign_in_link())
    return page


def _limit(devtools: CDPSession, server: Server) -> None:
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": server.url, "quotaSize": QUOTA_BYTES})


def _open_coins(page: Page) -> Workspace:
    project = ProjectPage.create(page, "Coins")
    project.upload(SMALL.photo)
    return project.open_image(SMALL.photo.name)


def test_little_room_is_told_before_a_mask_is_refused(page: Page) -> None:
    expect(page.get_by_text("This browser has almost no room left")).to_be_visible()
    workspace = _open_coins(page)
    workspace.annotate(*SMALL.click)
    workspace.wait_until_saved()


def test_a_mask_that_the_browser_refuses_to_keep_is_sent_all_the_same(page: Page, browser: Browser) -> None:
    browser.expected_complaints += OFFLINE
    workspace = _open_coins(page)
    workspace.annotate(*BIG.click)
    workspace.wait_until_saved()
    page.evaluate(FILL)
    page.context.set_offline(True)
    workspace.annotate(*SMALL.click)
    warning = page.get_by_text("A change is in this page only")
    expect(warning).to_be_visible()
    page.context.set_offline(False)
    workspace.wait_until_saved()
    expect(warning).to_be_hidden()
    page.reload()
    workspace.wait_until_ready()
    workspace.wait_for_annotations(2)
