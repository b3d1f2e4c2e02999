"""Masks made and changed by hand: brush, polygon, wand, scissors, the segmenter asked again, and copies."""

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.fixtures.truth import PHOTOS, Mask, iou, load_object
from tests.journeys.support.browser import Browser
from tests.journeys.support.pages import ProjectPage, Workspace
from tests.journeys.support.server import Server


@pytest.fixture
def project(server: Server, browser: Browser) -> ProjectPage:
    project = ProjectPage.create(browser.open(server.sign_in_link()), "By hand", categories=["coin", "cup"])
    project.upload(PHOTOS / "coins.jpg")
    project.upload(PHOTOS / "coffee.jpg")
    return project


@pytest.fixture
def workspace(project: ProjectPage) -> Workspace:
    return project.open_image("coins.jpg")


def drag(workspace: Workspace, *points: tuple[float, float]) -> None:
    """Along image points, with the button held."""
    mouse = workspace.page.mouse
    mouse.move(*workspace.screen_point(*points[0]))
    mouse.down()
    for point in points[1:]:
        mouse.move(*workspace.screen_point(*point), steps=6)
    mouse.up()


def click_each(workspace: Workspace, *points: tuple[float, float]) -> None:
    for point in points:
        workspace.page.mouse.click(*workspace.screen_point(*point))


def only_mask(workspace: Workspace) -> Mask:
    [mask] = workspace.annotation_masks()
    return mask


@pytest.mark.every_engine
def test_brush_strokes_are_one_mask_and_undone_one_by_one(workspace: Workspace) -> None:
    workspace.page.keyboard.press("b")
    drag(workspace, (40, 40), (120, 40))
    drag(workspace, (120, 40), (120, 120))
    workspace.wait_for_annotations(1)
    both = only_mask(workspace)
    assert both[40, 80]
    assert both[90, 120]
    workspace.page.keyboard.press("Control+z")
    assert not only_mask(workspace)[90, 120]
    workspace.page.keyboard.press("Control+y")
    assert np.array_equal(only_mask(workspace), both)
    workspace.page.keyboard.press("e")
    drag(workspace, (80, 20), (80, 60))
    assert not only_mask(workspace)[40, 80]
    workspace.wait_until_saved()


def test_escape_in_the_middle_of_a_stroke_leaves_no_trace(workspace: Workspace) -> None:
    workspace.page.keyboard.press("b")
    workspace.page.mouse.move(*workspace.screen_point(40, 40))
    workspace.page.mouse.down()
    workspace.page.mouse.move(*workspace.screen_point(120, 40), steps=4)
    workspace.page.keyboard.press("Escape")
    workspace.page.mouse.up()
    assert workspace.annotation_count() == 0


@pytest.mark.every_engine
def test_a_corner_is_dragged_and_nothing_else_changes(workspace: Workspace) -> None:
    workspace.page.keyboard.press("g")
    click_each(workspace, (20, 20), (80, 20), (80, 60), (20, 60))
    workspace.page.keyboard.press("Enter")
    workspace.wait_for_annotations(1)
    before = only_mask(workspace)
    drag(workspace, (80, 60), (110, 90))
    after = only_mask(workspace)
    assert after[70, 90]
    assert not before[70, 90]
    assert np.array_equal(after[:30, :60], before[:30, :60])
    drag(workspace, (110, 90), (80, 60))
    assert only_mask(workspace).sum() == pytest.approx(before.sum(), rel=0.05)


def test_polygon_is_closed_with_enter(workspace: Workspace) -> None:
    workspace.page.keyboard.press("g")
    click_each(workspace, (20, 20), (80, 20), (80, 60), (20, 60))
    workspace.page.keyboard.press("Enter")
    workspace.wait_for_annotations(1)
    assert abs(int(only_mask(workspace).sum()) - 60 * 40) < 200


@pytest.mark.every_engine
def test_wand_takes_one_colour_and_scissors_follow_an_edge(workspace: Workspace) -> None:
    coin = load_object("big coin")
    workspace.page.keyboard.press("w")
    click_each(workspace, coin.click)
    workspace.wait_for_annotations(1)
    assert only_mask(workspace)[int(coin.click[1]), int(coin.click[0])]
    workspace.page.keyboard.press("n")
    workspace.page.keyboard.press("s")
    rows, columns = np.nonzero(coin.mask)
    middle = (int(rows.mean()), int(columns.mean()))
    edges = [
        (float(columns.min()), float(middle[0])),
        (float(middle[1]), float(rows.min())),
        (float(columns.max()), float(middle[0])),
        (float(middle[1]), float(rows.max())),
    ]
    click_each(workspace, *edges)
    workspace.page.keyboard.press("Enter")
    workspace.wait_for_annotations(2)
    assert iou(workspace.annotation_masks()[1], coin.mask) > 0.85


def test_a_menu_beside_the_tool_settings_is_seen_whole(workspace: Workspace) -> None:
    coin = load_object("big coin")
    workspace.annotate(*coin.click)
    workspace.page.keyboard.press("v")
    workspace.page.mouse.click(*workspace.screen_point(*coin.click))
    before = only_mask(workspace)
    workspace.page.get_by_role("button", name="Change shape").click()
    items = workspace.page.get_by_role("menuitem")
    for index in range(items.count()):
        expect(items.nth(index)).to_be_in_viewport(ratio=1)
    items.filter(has_text="Grow mask").click()
    expect(items).to_have_count(0)
    assert only_mask(workspace).sum() > before.sum()


@pytest.mark.every_engine
def test_a_mask_is_refined_by_the_segmenter(workspace: Workspace) -> None:
    coin = load_object("big coin")
    rows, columns = np.nonzero(coin.mask)
    workspace.page.keyboard.press("g")
    # The upper half alone, drawn by hand.
    x0, x1 = float(columns.min()), float(columns.max())
    y0, y1 = float(rows.min()), float(rows.mean())
    click_each(workspace, (x0, y0), (x1, y0), (x1, y1), (x0, y1))
    workspace.page.keyboard.press("Enter")
    workspace.wait_for_annotations(1)
    drawn = only_mask(workspace)
    workspace.page.keyboard.press("p")
    workspace.page.keyboard.press("r")
    expect(workspace.page.get_by_test_id("hints")).to_contain_text("what is missing")
    workspace.click(float(columns.mean()), (y1 + float(rows.max())) / 2)
    workspace.page.keyboard.press("Enter")
    expect(workspace.canvas).to_have_attribute("data-candidate-count", "0")
    assert workspace.annotation_count() == 1
    assert iou(only_mask(workspace), coin.mask) > iou(drawn, coin.mask)


def test_masks_are_copied_to_the_next_image(workspace: Workspace) -> None:
    mask = workspace.annotate(*load_object("big coin").click)
    workspace.page.get_by_role("list", name="Annotations").get_by_role("button", pressed=False).first.click()
    workspace.page.keyboard.press("Control+c")
    workspace.page.keyboard.press("d")
    workspace.page.wait_for_function(
        "document.querySelector('[data-workspace]').dataset.annotationCount === '0'"
    )
    workspace.wait_until_ready()
    workspace.page.keyboard.press("Control+v")
    workspace.wait_for_annotations(1)
    pasted = only_mask(workspace)
    height, width = (min(a, b) for a, b in zip(pasted.shape, mask.shape, strict=True))
    assert np.array_equal(pasted[:height, :width], mask[:height, :width])
    workspace.wait_until_saved()


def test_two_fingers_zoom_and_draw_nothing(workspace: Workspace) -> None:
    before = workspace.describe()["viewport"]["scale"]
    (x0, y0), (x1, y1) = workspace.screen_point(100, 100), workspace.screen_point(140, 100)
    touch = workspace.page.context.new_cdp_session(workspace.page)

    def fingers(kind: str, *points: tuple[float, float]) -> None:
        touched = [{"x": x, "y": y, "id": index} for index, (x, y) in enumerate(points)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})

    fingers("touchStart", (x0, y0))
    fingers("touchStart", (x0, y0), (x1, y1))
    for step in range(1, 6):
        fingers("touchMove", (x0 - 10 * step, y0), (x1 + 10 * step, y1))
    fingers("touchEnd")
    assert workspace.describe()["viewport"]["scale"] > before
    assert workspace.describe()["points"] == []
    assert workspace.describe()["candidates"] == []
