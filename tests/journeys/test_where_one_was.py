"""A killed tab, an image left on purpose, an ended session: annotators are back where they were."""

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.truth import load_object
from tests.journeys.support.browser import Browser
from tests.journeys.support.pages import ProjectPage, Workspace
from tests.journeys.support.server import Server

SMALL, BIG = load_object("small coin"), load_object("big coin")
# The page asks for embeddings ahead, too, and is refused.
SIGNED_OUT = ["status of 401", "Authentication credentials were not provided"]
# Panning is kept a moment after it has come to rest.
REST_MS = 1_000


@pytest.fixture
def workspace(server: Server, browser: Browser) -> Workspace:
    project = ProjectPage.create(browser.open(server.sign_in_link()), "Coins", categories=["coin", "medal"])
    project.upload(SMALL.photo)
    return project.open_image(SMALL.photo.name)


def _zoom_in_at(workspace: Workspace, x: float, y: float) -> None:
    page = workspace.page
    page.mouse.move(*workspace.screen_point(x, y))
    page.keyboard.down("Control")
    page.mouse.wheel(0, -400)
    page.keyboard.up("Control")
    page.wait_for_timeout(REST_MS)


def _viewport(workspace: Workspace) -> tuple[float, ...]:
    viewport = workspace.describe()["viewport"]
    return tuple(round(viewport[part], 3) for part in ("scale", "offsetX", "offsetY"))


def test_a_killed_tab_is_back_at_its_viewport_its_prompt_and_its_steps(
    workspace: Workspace, server: Server, browser: Browser
) -> None:
    address = workspace.page.url
    accepted = workspace.annotate(*SMALL.click)
    workspace.click(*BIG.click)
    _zoom_in_at(workspace, *BIG.click)
    before, candidate = _viewport(workspace), workspace.candidate_mask()
    browser.kill()

    page = browser.open(server.sign_in_link())
    page.get_by_role("link", name=f"Continue with {SMALL.photo.name}").click()
    page.wait_for_url(address)
    back = Workspace(page)
    back.wait_until_ready()
    back.wait_for_candidates()
    assert _viewport(back) == before
    assert np.array_equal(back.candidate_mask(), candidate)
    # Undo goes on where it was: the click, the accepted mask, and its click.
    page.keyboard.press("Control+z")
    assert back.describe()["points"] == []
    page.keyboard.press("Control+z")
    back.wait_for_annotations(0)
    assert len(back.describe()["points"]) == 1
    page.keyboard.press("Control+Shift+Z")
    back.wait_for_annotations(1)
    assert np.array_equal(back.annotation_masks()[0], accepted)
    back.wait_until_saved()


def test_an_image_that_was_left_on_purpose_is_shown_whole_and_can_be_undone(workspace: Workspace) -> None:
    fitted = _viewport(workspace)
    workspace.annotate(*SMALL.click)
    _zoom_in_at(workspace, *SMALL.click)
    again = workspace.back_to_project_by_link().open_image(SMALL.photo.name)
    again.wait_for_annotations(1)
    assert _viewport(again) == fitted
    again.page.keyboard.press("Control+z")
    again.wait_for_annotations(0)


def test_whoever_is_signed_out_in_the_middle_signs_in_in_place(
    workspace: Workspace, server: Server, browser: Browser
) -> None:
    browser.expected_complaints += SIGNED_OUT
    page = workspace.page
    workspace.click(*SMALL.click)
    _end_session(page)
    workspace.accept()
    dialog = page.get_by_role("dialog", name="You have been signed out")
    expect(dialog).to_be_visible()
    assert workspace.describe()["pending"] == 1

    elsewhere = browser.open(server.sign_in_link())
    elsewhere.close()
    dialog.get_by_role("button", name="I have signed in elsewhere").click()
    expect(dialog).to_be_hidden()
    workspace.wait_until_saved()
    workspace.annotate(*BIG.click)
    workspace.wait_until_saved()
    page.reload()
    workspace.wait_until_ready()
    workspace.wait_for_annotations(2)


def test_whoever_is_signed_out_goes_on_with_the_password(
    workspace: Workspace, server: Server, browser: Browser
) -> None:
    browser.expected_complaints += SIGNED_OUT
    page = workspace.page
    accepted = workspace.annotate(*SMALL.click)
    workspace.wait_until_saved()
    workspace.click(*BIG.click)
    candidate = workspace.candidate_mask()
    _set_password(server, "a coin of copper")
    workspace.accept()
    dialog = page.get_by_role("dialog", name="You have been signed out")
    dialog.get_by_label("Password").fill("a coin of copper")
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog).to_be_hidden()
    workspace.wait_until_saved()
    masks = workspace.annotation_masks()
    assert np.array_equal(masks[0], accepted)
    assert np.array_equal(masks[1], candidate)


def _set_password(server: Server, password: str) -> None:
    """This ends all sessions of the user."""
    change = f"user = User.objects.get(username='admin'); user.set_password({password!r}); user.save()"
    server.manage("shell", "-c", f"from annotator.accounts.models import User; {change}")


def _end_session(page: Page) -> None:
    """As when it has expired: the server knows the cookie no longer."""
    page.context.clear_cookies(name="sessionid")
