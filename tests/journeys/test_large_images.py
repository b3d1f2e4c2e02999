"""An image of 30 megapixels: tiles, a small object found by looking closer, the map; and 16-bit originals."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.benchmarks.workspace_scenes import write_photo
from tests.fixtures.truth import iou
from tests.journeys.support.browser import Browser
from tests.journeys.support.pages import ProjectPage, Workspace
from tests.journeys.support.server import Server

WIDTH, HEIGHT = 6600, 4600
DISC = (5000, 1200, 45)  # x, y, radius: a hundredth of the image's width
REGION_TIMEOUT_MS = 60_000
CANDIDATES = 3
GOOD_ENOUGH = 0.8  # IoU
GREYS = """(places) => {
    const context = document.querySelector("[data-workspace] canvas").getContext("2d");
    return places.map(([x, y]) =>
        context.getImageData(x * devicePixelRatio, y * devicePixelRatio, 1, 1).data[0]);
}"""


@pytest.fixture
def project(server: Server, browser: Browser) -> ProjectPage:
    return ProjectPage.create(browser.open(server.sign_in_link()), "Large")


@pytest.fixture
def large(project: ProjectPage, tmp_path: Path) -> Workspace:
    """Smooth ground with one small dark disc."""
    photo = write_photo(tmp_path / "large.jpg", width=WIDTH, height=HEIGHT)
    picture = cv2.imread(str(photo))
    assert picture is not None
    picture = (picture // 8 + 190).astype(np.uint8)
    cv2.circle(picture, DISC[:2], DISC[2], (20, 20, 30), thickness=-1, lineType=cv2.LINE_AA)
    cv2.imwrite(str(photo), picture)
    project.upload(photo)
    return project.open_image("large.jpg")


def wait_until_drawn(workspace: Workspace) -> None:
    expect(workspace.canvas).to_have_attribute("data-drawn", "true", timeout=REGION_TIMEOUT_MS)


def zoom_to(workspace: Workspace, x: float, y: float, *, notches: int) -> None:
    """With the wheel: the point stays under the pointer."""
    workspace.page.mouse.move(*workspace.screen_point(x, y))
    for _ in range(notches):
        workspace.page.mouse.wheel(0, -400)
        wait_until_drawn(workspace)


def test_a_small_object_of_a_large_image_is_found_by_looking_closer(large: Workspace) -> None:
    page = large.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    x, y, radius = DISC
    zoom_to(large, x, y, notches=4)
    assert not [url for url in asked if "/content/" in url]
    assert len([url for url in asked if "/tiles/0/" in url]) < 30
    page.wait_for_function(
        "() => document.querySelector('[data-workspace]').describe().region !== null",
        timeout=REGION_TIMEOUT_MS,
    )
    left, top, width, height = large.describe()["region"]
    assert left <= x <= left + width
    assert top <= y <= top + height
    rows, columns = np.ogrid[:HEIGHT, :WIDTH]
    disc = (columns + 0.5 - x) ** 2 + (rows + 0.5 - y) ** 2 <= radius**2
    large.click(x, y)
    for _ in range(CANDIDATES - 1):  # which of whole and part comes first is the segmenter's matter
        if iou(large.candidate_mask(), disc) > GOOD_ENOUGH:
            break
        page.keyboard.press("Tab")
    large.accept()
    assert iou(large.annotation_masks()[-1], disc) > GOOD_ENOUGH


def test_the_map_goes_where_it_is_pressed(large: Workspace) -> None:
    page = large.page
    overview = page.get_by_test_id("minimap")
    expect(overview).to_have_count(0)  # while all of the image is seen
    zoom_to(large, WIDTH / 2, HEIGHT / 2, notches=3)
    box = overview.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.75)
    wait_until_drawn(large)
    corner = large.canvas.bounding_box()
    assert corner is not None
    viewport = large.describe()["viewport"]
    middle_x = (corner["width"] / 2 - viewport["offsetX"]) / viewport["scale"]
    middle_y = (corner["height"] / 2 - viewport["offsetY"]) / viewport["scale"]
    assert middle_x == pytest.approx(WIDTH * 0.25, abs=WIDTH * 0.02)
    assert middle_y == pytest.approx(HEIGHT * 0.75, abs=HEIGHT * 0.02)


def test_a_window_of_a_16_bit_image_shows_what_its_whole_range_hides(
    project: ProjectPage, tmp_path: Path
) -> None:
    """Two greys that differ by 40 of 60,000 are the same on the screen until the window is narrow."""
    values = np.full((300, 400), 1000, np.uint16)
    values[:, 200:] = 1040
    values[0, 0], values[0, 1] = 0, 60_000
    Image.fromarray(values).save(tmp_path / "scan.tif")
    project.upload(tmp_path / "scan.tif")
    workspace = project.open_image("scan.tif")
    page = workspace.page
    assert greys_at(page, (100, 200), (300, 200)) == pytest.approx((4, 4), abs=1)
    page.get_by_role("button", name="Brightness, contrast and masks").click()
    with page.expect_response("**/window/**"):
        page.get_by_role("slider", name="White from").fill(str(1 / 40))
    with page.expect_response("**/window/**"):
        page.get_by_role("slider", name="Black from").fill(str(1 / 64))
    # The picture before stays until the one that has come is decoded.
    page.wait_for_function(
        f"places => {{ const [dark, bright] = ({GREYS})(places); return bright - dark > 12; }}",
        arg=places_of(workspace, (100, 200), (300, 200)),
    )


def greys_at(page: Page, *points: tuple[int, int]) -> tuple[float, ...]:
    """What the image's canvas holds at these image points, before the tone is applied to it."""
    workspace = Workspace(page)
    wait_until_drawn(workspace)
    return tuple(page.evaluate(GREYS, places_of(workspace, *points)))


def places_of(workspace: Workspace, *points: tuple[int, int]) -> list[list[float]]:
    """On the canvas."""
    viewport = workspace.describe()["viewport"]
    return [
        [x * viewport["scale"] + viewport["offsetX"], y * viewport["scale"] + viewport["offsetY"]]
        for x, y in points
    ]
