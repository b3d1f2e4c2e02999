"""From sign-in to export with the keyboard alone, in the order in which the focus goes."""

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.truth import PHOTOS, iou, load_object
from tests.journeys.support.browser import Browser
from tests.journeys.support.pages import ProjectPage, Workspace, mask_of
from tests.journeys.support.server import Server

# More than there are controls on any page.
MOST_TABS = 80
STEP_PX, FINE_STEP_PX = 16, 2

FOCUSED = """
() => {
  const element = document.activeElement;
  const label = element?.labels?.[0]?.textContent ?? element?.getAttribute("aria-label");
  return (label ?? element?.textContent ?? "").trim();
}
"""


# The parts of the workspace, in reading order, and what of them holds the focus.
PLACES = {
    "top bar": "header",
    "tools": "[role=toolbar][aria-label=Tools]",
    "tool settings": "[aria-label='Tool settings']",
    "image": "main",
    "side panel": "aside",
    "status bar": "[aria-label=Status]",
}
NOTE_FOCUSED = """
places => {
  const element = document.activeElement;
  window.seen ??= new Set();
  const isNew = element !== document.body && !seen.has(element);
  if (isNew) seen.add(element);
  const place = Object.keys(places).find((name) => element.closest(places[name]));
  return { isNew, isBody: element === document.body, place: place ?? element.outerHTML };
}
"""
NEVER_REACHED = """
() => [...document.querySelectorAll("a[href], button, input, select, textarea, [tabindex]")]
  .filter((element) => element.tabIndex >= 0 && element.checkVisibility() && !seen.has(element))
  .map((element) => element.outerHTML.slice(0, 200))
"""


def focused(page: Page) -> str:
    """The accessible name of what has the focus, near enough."""
    name: str = page.evaluate(FOCUSED)
    return name


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until the control of this name has the focus."""
    passed = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if re.fullmatch(name, focused(page)):
            return
        passed.append(focused(page))
    raise AssertionError(f"Tab never gets to {name}, only to {passed}")


def press(page: Page, name: str) -> None:
    tab_to(page, name)
    page.keyboard.press("Enter")


@pytest.fixture
def signed_in(server: Server, browser: Browser) -> Page:
    """With name and password, typed."""
    create = (
        "from django.contrib.auth import get_user_model as model;"
        "model().objects.filter(username='keys').exists()"
        " or model().objects.create_user('keys', password='only-the-keyboard')"
    )
    server.manage("shell", "-c", create)
    page = browser.open(server.url)
    expect(page.get_by_label("Username")).to_be_visible()
    tab_to(page, "Username")
    page.keyboard.type("keys")
    tab_to(page, "Password")
    page.keyboard.type("only-the-keyboard")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="New project").first).to_be_visible()
    return page


def upload(page: Page, photo: Path) -> None:
    with page.expect_file_chooser() as chooser:
        press(page, "Upload images")
    chooser.value.set_files(photo)
    expect(page.get_by_role("link", name=photo.name, exact=True).first).to_be_visible()


def move_to(workspace: Workspace, x: float, y: float) -> None:
    """With arrow keys: first in long steps, then in short ones."""
    page, corner = workspace.page, workspace.canvas.bounding_box()
    assert corner is not None
    wanted = workspace.screen_point(x, y)
    # It starts in the middle of the canvas.
    at = [corner["x"] + corner["width"] / 2, corner["y"] + corner["height"] / 2]
    for axis, (forward, back) in enumerate((("ArrowRight", "ArrowLeft"), ("ArrowDown", "ArrowUp"))):
        for step, modifier in ((STEP_PX, ""), (FINE_STEP_PX, "Shift+")):
            while abs(wanted[axis] - at[axis]) >= step:
                sign = 1 if wanted[axis] > at[axis] else -1
                page.keyboard.press(modifier + (forward if sign > 0 else back))
                at[axis] += sign * step


def test_a_mask_is_made_and_exported_without_a_pointer(signed_in: Page, tmp_path: Path) -> None:
    page, coin = signed_in, load_object("big coin")
    press(page, "New project")
    page.keyboard.type("Keys only")
    page.keyboard.press("Enter")
    page.wait_for_url("**/projects/*")
    tab_to(page, "New category")
    page.keyboard.type("coin")
    page.keyboard.press("Enter")
    upload(page, PHOTOS / "coins.jpg")
    press(page, re.escape("coins.jpg"))

    workspace = Workspace(page)
    workspace.wait_until_ready()
    tab_to(page, "Image")
    move_to(workspace, *coin.click)
    page.keyboard.press("Space")
    workspace.wait_for_candidates()
    shown = workspace.candidate_mask()
    assert iou(shown, coin.mask) > 0.6
    workspace.accept()
    workspace.wait_until_saved()

    press(page, "Back to Keys only")
    page.wait_for_url(re.compile(r"/projects/\d+$"))
    press(page, "Export")
    press(page, "Start export")
    expect(page.get_by_role("link", name="Download")).to_be_visible()
    with page.expect_download() as download:
        press(page, "Download")
    file = tmp_path / "export.zip"
    download.value.save_as(file)
    with zipfile.ZipFile(file) as archive:
        assert "annotations.json" in archive.namelist()


def test_commands_categories_and_history_are_reached_by_keys(signed_in: Page) -> None:
    page = signed_in
    press(page, "New project")
    page.keyboard.type("Keys and commands")
    page.keyboard.press("Enter")
    page.wait_for_url("**/projects/*")
    for category in ("coin", "medal"):
        tab_to(page, "New category")
        page.keyboard.type(category)
        page.keyboard.press("Enter")
        expect(page.get_by_label("New category")).to_have_value("")
    upload(page, PHOTOS / "coins.jpg")
    press(page, re.escape("coins.jpg"))
    workspace = Workspace(page)
    workspace.wait_until_ready()

    page.keyboard.press("c")
    page.keyboard.type("med")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="medal")).to_be_checked()

    tab_to(page, "Image")
    page.keyboard.press("Space")
    workspace.wait_for_candidates()
    shown = workspace.candidate_mask()
    workspace.accept()

    page.keyboard.press("Control+k")
    page.keyboard.type("history")
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="History")).to_have_attribute("aria-selected", "true")
    press(page, "As it was opened.*")
    workspace.wait_for_annotations(0)
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Control+Shift+z")
    workspace.wait_for_annotations(1)
    (annotation,) = workspace.describe()["annotations"]
    assert (mask_of(annotation["rle"]) == shown).all()


def test_focus_goes_around_the_workspace_in_reading_order(server: Server, browser: Browser) -> None:
    page = browser.open(server.sign_in_link())
    project = ProjectPage.create(page, "Focus", categories=["coin", "medal"])
    project.upload(PHOTOS / "coins.jpg")
    workspace = project.open_image("coins.jpg")
    workspace.annotate(*load_object("big coin").click)
    # Else the prompt may still be kept, and come back with the page: Tab would go through its candidates.
    workspace.wait_until_saved()
    page.reload()
    workspace.wait_until_ready()

    places: list[str] = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        at = page.evaluate(NOTE_FOCUSED, PLACES)
        if at["isBody"] or not at["isNew"]:
            break
        if places[-1:] != [at["place"]]:
            places.append(at["place"])
    assert places == list(PLACES)
    assert page.evaluate(NEVER_REACHED) == []


def test_a_shortcut_is_changed_told_of_a_conflict_and_kept(signed_in: Page) -> None:
    page = signed_in
    press(page, "New project")
    page.keyboard.type("Own keys")
    page.keyboard.press("Enter")
    page.wait_for_url("**/projects/*")
    upload(page, PHOTOS / "coins.jpg")
    press(page, re.escape("coins.jpg"))
    workspace = Workspace(page)
    workspace.wait_until_ready()
    page.keyboard.press("?")
    expect(page.get_by_label("Search the shortcuts")).to_be_focused()
    page.keyboard.type("fit image")
    press(page, "Change shortcuts")
    tab_to(page, "Remove F from: Fit image")
    tab_to(page, "Search the shortcuts")
    page.keyboard.press("Control+a")
    page.keyboard.type("history")
    press(page, "Add a shortcut: Show the history")
    page.keyboard.press("f")
    expect(page.get_by_role("alert")).to_contain_text("F is used for: Fit image.")
    press(page, "Take it")
    expect(page.get_by_role("button", name="Add a shortcut: Show the history")).to_be_focused()
    page.keyboard.press("Escape")

    page.reload()
    workspace.wait_until_ready()
    page.keyboard.press("f")
    expect(page.get_by_role("tab", name="History")).to_have_attribute("aria-selected", "true")
