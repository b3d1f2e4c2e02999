"""Two people, one annotation: the second writer is told, and nothing is overwritten silently."""

from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Page, expect

from tests.fixtures.truth import load_object
from tests.journeys.conftest import BrowserFactory
from tests.journeys.support.pages import ProjectPage, Workspace
from tests.journeys.support.server import Server

CATEGORIES = ("coin", "medal", "button")
CONFLICT = "Somebody else changed this annotation"


def select_annotation(page: Page) -> None:
    page.get_by_role("list", name="Annotations").get_by_role("button", pressed=False).first.click()


def category_shown(page: Page) -> str:
    return page.get_by_role("list", name="Annotations").inner_text().splitlines()[0]


class Both(NamedTuple):
    """Two people look at the same image, on which there is one annotation."""

    hers: Workspace
    his: Workspace
    click: tuple[float, float]  # inside of the annotation
    mask: NDArray[np.bool_]


@pytest.fixture
def both(server: Server, new_browser: BrowserFactory) -> Both:
    coin = load_object("small coin")
    anna, bert = new_browser(), new_browser()
    bert.expected_complaints.append("status of 409")
    project = ProjectPage.create(anna.open(server.sign_in_link()), "Coins", categories=CATEGORIES)
    project.upload(coin.photo)
    hers = project.open_image(coin.photo.name)
    mask = hers.annotate(*coin.click)
    hers.wait_until_saved()
    his_page = bert.open(server.sign_in_link())
    his_page.goto(hers.page.url)
    his = Workspace(his_page)
    his.wait_until_ready()
    his.wait_for_annotations(1)
    return Both(hers, his, coin.click, mask)


def test_both_masks_are_shown_and_theirs_can_be_taken(both: Both) -> None:
    hers, his = both.hers, both.his
    draw_from(hers, "b", both.click)
    hers.wait_until_saved()
    draw_from(his, "e", both.click)
    dialog = his.page.get_by_role("dialog", name=CONFLICT)
    for picture in ("Mine: the mask", "Theirs: the mask", "Both masks over each other"):
        expect(dialog.get_by_role("img", name=picture)).to_be_visible()
    expect(dialog).to_contain_text("The masks agree in")
    dialog.get_by_role("button", name="Take theirs").click()
    expect(dialog).to_be_hidden()
    his.wait_until_saved()
    assert np.array_equal(his.annotation_masks()[0], hers.annotation_masks()[0])


def draw_from(workspace: Workspace, tool: str, point: tuple[float, float]) -> None:
    """A stroke to the right with the brush or the eraser, on the only annotation there is."""
    page, before = workspace.page, workspace.describe()["annotations"]
    select_annotation(page)
    page.keyboard.press(tool)
    x, y = workspace.screen_point(*point)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 70, y, steps=4)
    page.mouse.up()
    page.wait_for_function(
        "area => document.querySelector('[data-workspace]').describe().annotations[0].area !== area",
        arg=before[0]["area"],
    )


def test_second_writer_of_an_annotation_is_told_and_decides(both: Both) -> None:
    hers, his = both.hers, both.his
    select_annotation(hers.page)
    hers.page.keyboard.press("2")
    hers.wait_until_saved()
    select_annotation(his.page)
    his.page.keyboard.press("3")

    dialog = his.page.get_by_role("dialog", name=CONFLICT)
    expect(dialog).to_contain_text("Nothing has been overwritten")
    expect(dialog).to_contain_text("medal")
    expect(dialog).to_contain_text("button")
    hers.page.reload()
    hers.wait_until_ready()
    assert category_shown(hers.page) == "medal", "his change must wait for his decision"

    dialog.get_by_role("button", name="Keep mine").click()
    expect(dialog).to_be_hidden()
    his.wait_until_saved()
    hers.page.reload()
    hers.wait_until_ready()
    assert category_shown(hers.page) == "button"
    assert np.array_equal(hers.annotation_masks()[0], both.mask)
