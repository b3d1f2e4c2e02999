"""A page that a proxy has robbed of its isolation: slower, said so, and otherwise the same."""

import pytest
from playwright.sync_api import Route, expect

from tests.fixtures.truth import iou, load_object
from tests.journeys.support.browser import Browser
from tests.journeys.support.pages import ProjectPage
from tests.journeys.support.server import Server

ISOLATION = ("cross-origin-opener-policy", "cross-origin-embedder-policy")


@pytest.mark.every_engine
def test_one_thread_decodes_and_the_administrator_is_told_what_to_do(
    server: Server, browser: Browser
) -> None:
    coin = load_object("small coin")
    page = browser.open(server.sign_in_link())
    page.route(f"{server.url}/", without_isolation)
    page.goto(f"{server.url}/")
    assert not page.evaluate("crossOriginIsolated")
    project = ProjectPage.create(page, "Not isolated", categories=["coin"])
    project.upload(coin.photo)
    workspace = project.open_image(coin.photo.name)
    workspace.click(*coin.click)
    assert iou(workspace.candidate_mask(), coin.mask) > 0.6
    runtime = page.get_by_test_id("runtime")
    expect(runtime).to_have_text("WASM, single thread")
    runtime.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("serve it over https or localhost")


def without_isolation(route: Route) -> None:
    answer = route.fetch()
    kept = {name: value for name, value in answer.headers.items() if name.lower() not in ISOLATION}
    route.fulfill(response=answer, headers=kept)
