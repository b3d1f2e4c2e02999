"""A click's decode in Chromium with the product's own page, worker and graphs (frontend/src/app/bench).

ms_2t, ms_1t          inside the worker, with two threads and with one; ms
painted_ms_2t         from the pointer event to the end of the frame that shows the mask; ms
refine_ms_2t, _1t     a second click, which feeds the logits of the first one back; ms
Medians; sessions with one and two threads take turns, so that a busy machine slows both alike.
"""

import json
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.journeys.support.browser import Browser
from tests.journeys.support.server import Server

ROUNDS = 3
TIMEOUT_MS = 180_000


def measure() -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="maskwright-bench-") as name, sync_playwright() as playwright:
        folder = Path(name)
        server = Server(folder / "data", env={})
        try:
            with Browser(playwright, folder / "profile") as browser:
                page = browser.open(server.start())
                results = [
                    (
                        threads,
                        click_in_page(page, f"{server.url}/static/app/bench-decoder.html?threads={threads}"),
                    )
                    for _ in range(ROUNDS)
                    for threads in (2, 1)
                ]
            server.stop()
        finally:
            server.kill()
    return {
        "ms_2t": median_of(results, threads=2, key="ms"),
        "ms_1t": median_of(results, threads=1, key="ms"),
        "painted_ms_2t": median_of(results, threads=2, key="painted_ms"),
        "refine_ms_2t": median_of(results, threads=2, key="refine_ms"),
        "refine_ms_1t": median_of(results, threads=1, key="refine_ms"),
    }


def click_in_page(page: Page, url: str) -> dict[str, Any]:
    """What the page measured."""
    page.goto(url)
    page.wait_for_function("document.body.dataset.result || document.body.dataset.error", timeout=TIMEOUT_MS)
    if error := page.evaluate("document.body.dataset.error"):
        raise RuntimeError(f"The benchmark's page reports: {error}")
    result: dict[str, Any] = json.loads(page.evaluate("document.body.dataset.result"))
    return result


def median_of(results: list[tuple[int, dict[str, Any]]], *, threads: int, key: str) -> float:
    """Median over the rounds, each of which is a median over its clicks."""
    of_threads = [result for used, result in results if used == threads]
    assert all(result["threads"] == threads for result in of_threads), (
        "the page did not use the threads asked for"
    )
    return round(statistics.median(float(result[key]) for result in of_threads), 2)
