"""The workspace in Chromium: 2,000 masks on 4,000 x 3,000 pixels, and an image of 108 megapixels.

pan_fps_median, pan_fps_p95    frames a second while the image is dragged; p95: 95 of 100 frames are faster
zoom_fps_..., brush_fps_...
accept_to_next_ms              from Enter to the end of the frame with the mask: the next click may come
open_s                         from the address to all masks on the screen, in a page that is loaded anew
open_clickable_s               to clicks that are answered
tab_mb                         the tab's memory afterwards (unique set size, MB of 10^6 bytes)
next_ms                        from the key to the next image, seen and clickable
closer_look_ms                 from the answer to a second click to the embedding of the coin's surroundings
large_upload_s                 of the image of 12,000 x 9,000 pixels, with its tiles
large_open_s                   to all of it on the screen, sharp
large_click_ms                 from a press to its mask on the screen, median of clicks at each zoom
large_tab_mb                   the tab's memory after them
rle_...                        see workspace_rle.py

Pages are 1,280 x 800 CSS pixels. Gestures take place inside the page, a step a frame (workspace_gestures.js).
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.benchmarks import workspace_rle
from tests.benchmarks.workspace_scenes import annotations, write_photo
from tests.fixtures.truth import load_object
from tests.journeys.support.backends import fresh_backends
from tests.journeys.support.browser import Browser
from tests.journeys.support.pages import ProjectPage, Workspace
from tests.journeys.support.server import Server

MASKS = 2000
WIDTH, HEIGHT = 4000, 3000
LARGE_WIDTH, LARGE_HEIGHT = 12_000, 9_000
CATEGORIES = ("cell", "vessel", "debris", "fibre")
FRAMES = 240
ACCEPTED = 9
TIMEOUT_MS = 180_000
GESTURES = (Path(__file__).parent / "workspace_gestures.js").read_text()
FOREGROUND_ZOOMS = 5

Figures = dict[str, Any]


def measure() -> Figures:
    with (
        tempfile.TemporaryDirectory(prefix="maskwright-bench-") as name,
        fresh_backends() as env,
        sync_playwright() as playwright,
    ):
        folder = Path(name)
        server = Server(folder / "data", env=env)
        try:
            with Browser(playwright, folder / "profile") as browser:
                page = browser.open(server.start())
                page.set_default_timeout(TIMEOUT_MS)
                figures = measure_pages(browser, page, folder)
        finally:
            server.stop()
    return {**figures, **workspace_rle.measure()}


def measure_pages(browser: Browser, page: Page, folder: Path) -> Figures:
    project = ProjectPage.create(page, "Bench", categories=CATEGORIES)
    photos = [write_photo(folder / f"{n}.jpg", width=WIDTH, height=HEIGHT, seed=n) for n in range(2)]
    project.upload(*photos)
    project_url = page.url
    workspace = project.open_image("0.jpg")
    seed(page, int(workspace.canvas.get_attribute("data-image-id") or 0))
    return {
        **note("open", measure_opening(page)),
        **note("gestures", measure_gestures(page)),
        **note("accept", measure_accepting(page)),
        "tab_mb": tab_mb(browser),
        **note("next", measure_next(page)),
        **note("closer look", measure_closer_look(page, project_url)),
        **note("large", measure_large(browser, page, project_url, folder)),
    }


def seed(page: Page, image: int) -> None:
    """2,000 annotations through the API, as a program with the user's session."""
    address = page.url.split("/projects/")
    site, project = address[0], int(address[1].split("/")[0])
    rows = page.request.get(f"{site}/api/v1/projects/{project}/categories/").json()["results"]
    bodies = annotations(
        MASKS, width=WIDTH, height=HEIGHT, image=image, categories=[row["id"] for row in rows]
    )
    page.evaluate(
        """async (bodies) => {
            const token = document.cookie.match(/csrftoken=([^;]+)/)?.[1] ?? "";
            const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
            const send = async () => {
                for (let next = bodies.pop(); next; next = bodies.pop()) {
                    const { id, ...body } = next;
                    const options = { method: "PUT", headers, body: JSON.stringify(body) };
                    const answer = await fetch(`/api/v1/annotations/${id}/`, options);
                    if (!answer.ok) throw new Error(await answer.text());
                }
            };
            await Promise.all([send(), send(), send()]);
        }""",
        bodies,
    )


def measure_opening(page: Page) -> Figures:
    page.reload()
    shown = wait_for(page, f"dataset.annotationCount === '{MASKS}' && dataset.drawn === 'true'")
    clickable = wait_for(page, "dataset.embeddingState === 'ready'")
    return {"open_s": shown / 1000, "open_clickable_s": clickable / 1000}


def measure_gestures(page: Page) -> Figures:
    page.evaluate(f"({GESTURES})()")
    figures: Figures = {}
    for gesture, prepare in {"pan": "1", "zoom": "f", "brush": "b"}.items():
        page.keyboard.press("Control+1" if gesture == "pan" else prepare)
        wait_for(page, "dataset.drawn === 'true'")
        intervals = page.evaluate(f"gestures.{gesture}({FRAMES})")
        figures |= frame_rates(gesture, intervals)
    page.keyboard.press("Control+z")
    return figures


def frame_rates(gesture: str, intervals: list[float]) -> dict[str, float]:
    ordered = sorted(intervals)
    p95 = ordered[int(len(ordered) * 0.95)]
    return {
        f"{gesture}_fps_median": round(1000 / statistics.median(ordered), 1),
        f"{gesture}_fps_p95": round(1000 / p95, 1),
    }


def measure_accepting(page: Page) -> Figures:
    workspace = Workspace(page)
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    page.keyboard.press("f")
    times = []
    for index in range(ACCEPTED):
        count = workspace.annotation_count()
        workspace.click(WIDTH * (0.1 + 0.08 * index), HEIGHT * 0.5)
        times.append(page.evaluate("gestures.accept()"))
        workspace.wait_for_annotations(count + 1)
    return {"accept_to_next_ms": round(statistics.median(times), 1)}


def measure_next(page: Page) -> Figures:
    """There and back, each time after a pause in which the other image is fetched ahead."""
    times = []
    for key in ("d", "a", "d"):
        page.wait_for_timeout(4000)
        ids = page.evaluate(
            "async () => (await fetch(`/api/v1/images/"
            "${document.querySelector('[data-workspace]').dataset.imageId}/neighbours/`)).json()"
        )
        target = ids["next"] if key == "d" else ids["previous"]
        times.append(page.evaluate("([key, id]) => gestures.next(key, id)", [key, str(target)]))
    return {"next_ms": round(statistics.median(times), 1)}


def measure_closer_look(page: Page, project_url: str) -> Figures:
    coins = [load_object(name) for name in ("small coin", "top coin", "big coin")]
    page.goto(project_url.partition("/images/")[0])
    project = ProjectPage(page)
    project.upload(coins[0].photo)
    workspace = project.open_image(coins[0].photo.name)
    times = []
    for x, y in [coin.click for coin in coins]:
        workspace.click(x, y)
        workspace.click(x + 6, y + 6, add=True)
        start = time.monotonic()
        page.wait_for_function(
            "() => document.querySelector('[data-workspace]').describe().closerPart !== null", polling=10
        )
        times.append((time.monotonic() - start) * 1000)
        page.keyboard.press("Escape")
        page.wait_for_function(
            "() => document.querySelector('[data-workspace]').describe().points.length === 0"
        )
    return {"closer_look_ms": round(statistics.median(times))}


def measure_large(browser: Browser, page: Page, project_url: str, folder: Path) -> Figures:
    photo = write_photo(folder / "large.jpg", width=LARGE_WIDTH, height=LARGE_HEIGHT)
    page.goto(project_url.partition("/images/")[0])
    start = time.monotonic()
    project = ProjectPage(page)
    project.upload(photo)
    upload_s = time.monotonic() - start
    project.open_image("large.jpg")
    page.close()
    # A new tab, as somebody has who opens the link: the memory is that of this image alone.
    page = browser.open(page.url)
    page.set_default_timeout(TIMEOUT_MS)
    opened = wait_for(page, "dataset.drawn === 'true'")
    Workspace(page).wait_until_ready()
    return {
        "large_upload_s": round(upload_s, 1),
        "large_open_s": round(opened / 1000, 2),
        "large_click_ms": click_at_every_zoom(page),
        "large_tab_mb": tab_mb(browser),
    }


def click_at_every_zoom(page: Page) -> float:
    """Median from the press to its mask, ms. Every click is answered, or this fails."""
    workspace = Workspace(page)
    times = []
    for _ in range(FOREGROUND_ZOOMS):
        workspace.click(LARGE_WIDTH / 2, LARGE_HEIGHT / 2)
        assert workspace.candidate_mask().any()
        times.append(float(workspace.canvas.get_attribute("data-painted-ms") or 0))
        page.keyboard.press("Escape")
        for _ in range(3):
            page.keyboard.press("Control++")
        wait_for(page, "dataset.drawn === 'true'")
    return round(statistics.median(times), 1)


def wait_for(page: Page, condition: str) -> float:
    """Milliseconds from the start of the page to the frame in which this is true of the canvas."""
    # The page's policy allows no `eval`: the condition is part of the function.
    found: float = page.evaluate(
        """async () => {
            const holds = (dataset) => dataset && (CONDITION);
            while (!holds(document.querySelector("[data-workspace]")?.dataset)) {
                await new Promise((resolve) => requestAnimationFrame(resolve));
            }
            return performance.now();
        }""".replace("CONDITION", condition)
    )
    return found


def tab_mb(browser: Browser) -> int:
    """Unique set size of the largest renderer: the only one with a page of ours in it."""
    renderers = [process for process in browser.processes() if "--type=renderer" in process.cmdline()]
    return round(max(process.memory_full_info().uss for process in renderers) / 1e6)


def note(what: str, figures: Figures) -> Figures:
    sys.stderr.write(f"{what} {json.dumps(figures)}\n")
    return figures


if __name__ == "__main__":
    print(json.dumps(measure()))
