"""Many annotations at once: another category, found by it, deleted, and brought back from the history."""

import pytest
from playwright.sync_api import expect

from tests.fixtures.truth import PHOTOS, load_object
from tests.journeys.support.browser import Browser
from tests.journeys.support.pages import ProjectPage, Workspace
from tests.journeys.support.server import Server

COINS = ("big coin", "top coin", "small coin")


@pytest.fixture
def workspace(server: Server, browser: Browser) -> Workspace:
    """Three coins, annotated one after the other."""
    page = browser.open(server.sign_in_link())
    project = ProjectPage.create(page, "Many at once", categories=["coin", "medal"])
    project.upload(PHOTOS / "coins.jpg")
    workspace = project.open_image("coins.jpg")
    for name in COINS:
        workspace.annotate(*load_object(name).click)
    return workspace


def categories_of(workspace: Workspace) -> list[int]:
    """In drawing order."""
    return [annotation["categoryId"] for annotation in workspace.describe()["annotations"]]


def test_several_get_another_category_and_are_deleted_in_one_step_each(workspace: Workspace) -> None:
    page = workspace.page
    rows = page.get_by_role("list", name="Annotations").get_by_role("listitem")
    first, second, _ = rows.all()
    first.get_by_role("button", name="coin").click()
    second.get_by_role("button", name="coin").click(modifiers=["Control"])
    bulk = page.get_by_role("toolbar", name="Selected annotations")
    expect(bulk.get_by_text("2 selected")).to_be_visible()
    bulk.get_by_label("Category of the selected annotations").select_option(label="medal")
    # The newest is on top of the list, and last in drawing order.
    oldest, *changed = categories_of(workspace)
    assert len(set(changed)) == 1
    assert oldest not in changed

    page.get_by_label("Search annotations").fill("medal")
    expect(rows).to_have_count(2)
    page.get_by_label("Search annotations").fill("")

    bulk.get_by_role("button", name="Delete the selected annotations").click()
    workspace.wait_for_annotations(1)
    page.get_by_role("tab", name="History").click()
    history = page.get_by_role("region", name="History")
    history.get_by_role("button", name="Change category of 2 annotations").click()
    workspace.wait_for_annotations(3)
    history.get_by_role("button", name="Accept mask").last.click()
    assert len(set(categories_of(workspace))) == 1
    workspace.wait_until_saved()


def test_shift_selects_a_range_and_order_is_by_size(workspace: Workspace) -> None:
    page = workspace.page
    page.get_by_role("button", name="Order: Top first").click()
    page.get_by_role("menuitem", name="Largest first").click()
    rows = page.get_by_role("list", name="Annotations").get_by_role("listitem")
    areas = [int("".join(filter(str.isdigit, row.inner_text().split("px")[0]))) for row in rows.all()]
    assert areas == sorted(areas, reverse=True)
    rows.first.get_by_role("button", name="coin").click()
    rows.last.get_by_role("button", name="coin").click(modifiers=["Shift"])
    expect(page.get_by_text("3 selected")).to_be_visible()
