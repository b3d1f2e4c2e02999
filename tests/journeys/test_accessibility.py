"""Every page and dialog, in light and dark: axe-core finds nothing that keeps anybody out."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.truth import PHOTOS, load_object
from tests.journeys.support.accessibility import grave_violations
from tests.journeys.support.browser import Browser
from tests.journeys.support.pages import ProjectPage, Workspace
from tests.journeys.support.server import Server

TABLET = {"width": 820, "height": 1180}

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")


@pytest.fixture
def check(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Checks what the page shows now, in both themes."""

    def check_both(page: Page, what: str) -> None:
        found = []
        for theme in THEMES:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            # The page hears of it with its next frame.
            expect(page.locator("html")).to_have_attribute("data-theme", theme)
            found += [f"{what}, {theme}: {violation}" for violation in grave_violations(page)]
        assert found == []

    return check_both


Check = Callable[[Page, str], None]


def test_signing_in(server: Server, browser: Browser, check: Check) -> None:
    page = browser.open(server.url)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    check(page, "sign in")


def test_projects_and_their_dialogs(server: Server, browser: Browser, check: Check) -> None:
    page = browser.open(server.sign_in_link())
    expect(page.get_by_role("button", name="New project").first).to_be_visible()
    check(page, "projects")
    page.get_by_role("button", name="New project").first.click()
    check(page, "new project")
    page.keyboard.press("Escape")

    project = ProjectPage.create(page, "Accessible", categories=["coin"])
    check(page, "project without images")
    project.upload(PHOTOS / "coins.jpg")
    check(page, "project with uploads")
    for name in ("Export", "Change"):
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        check(page, name)
        page.keyboard.press("Escape")
    page.get_by_role("button", name="Account of").click()
    check(page, "account menu")


@pytest.fixture
def workspace(server: Server, browser: Browser) -> Workspace:
    project = ProjectPage.create(
        browser.open(server.sign_in_link()), "Accessible workspace", categories=["coin", "medal"]
    )
    project.upload(PHOTOS / "coins.jpg")
    return project.open_image("coins.jpg")


def test_workspace_while_a_mask_is_made(workspace: Workspace, check: Check) -> None:
    check(workspace.page, "empty workspace")
    workspace.click(*load_object("top coin").click)
    check(workspace.page, "candidates")
    workspace.accept()
    workspace.annotate(*load_object("big coin").click)
    workspace.page.keyboard.press("Control+A")
    expect(workspace.page.get_by_role("toolbar", name="Selected annotations")).to_be_visible()
    workspace.page.get_by_role("button", name="Filter by category, source and score").click()
    check(workspace.page, "several annotations selected, filters open")


def test_dialogs_and_panels_of_the_workspace(workspace: Workspace, check: Check) -> None:
    page = workspace.page
    workspace.annotate(*load_object("top coin").click)
    for tab in page.get_by_role("tab").all():
        tab.click()
        check(page, f"tab {tab.inner_text()}")
    page.keyboard.press("Control+K")
    expect(page.get_by_role("combobox", name="Search all commands")).to_be_focused()
    check(page, "commands")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    check(page, "shortcuts")
    page.get_by_role("button", name="Change shortcuts").click()
    check(page, "shortcuts to be changed")


def test_tablet(workspace: Workspace, check: Check) -> None:
    page = workspace.page
    page.set_viewport_size({"width": TABLET["width"], "height": TABLET["height"]})
    check(page, "tablet")
    page.get_by_role("button", name="Categories and annotations").click()
    expect(page.get_by_role("complementary", name="Categories and annotations")).to_be_visible()
    check(page, "drawer")
