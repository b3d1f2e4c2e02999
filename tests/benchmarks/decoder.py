"""A click's decode in Chromium with the product's own worker, runtime, graphs and canvas.

The page is frontend/src/app/bench. By default a decoder of SAM's real size with seeded random weights, beside
the official export of the same weights (`SamOnnxModel`, all masks, resized to the image), whose runs take
turns with ours, on an image of 1,500 x 1,000 pixels:

ms_2t, ms_1t                    first click inside the worker, with two threads and with one; ms
baseline_ms_2t, _1t             the official export's run; ms
ratio_2t, ratio_1t              how many times faster ours is than the baseline of the same page
refine_ms_2t, _1t               second click, with the logits of the first fed back; ms
refine_ratio, refine_ratio_1t   against the baseline, which does the same work with earlier logits as without
painted_ms_2t                   from the pointer event to the end of the frame with the mask; ms
candidates_ms_2t                from the pointer event to all three candidates; ms
session_ms                      the decoder's sessions, made from files that are in memory; ms
worker_ms                       the same in a new worker, with its runtime and the files out of the cache; ms
sam2_...                        SAM 2.1's decoder beside the plain export of the official code
pocket_...                      the bundled segmenter with its own weights; no baseline

Medians of `RUNS` clicks in each of `ROUNDS` pages; pages with one and two threads take turns, so that a busy
machine slows both alike.
"""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.decoder_cases import add_pocket_case, add_random_case
from tests.benchmarks.isolated_site import IsolatedSite
from tests.benchmarks.pages import Result, ask
from tests.journeys.support.browser import Browser
from tools.official import install_official_packages
from tools.paths import ROOT

ROUNDS = 2
WARM_UP = 10  # clicks in each page before those that count
RUNS = 15
# Folder of the case, prefix of its figures.
CASES = {"sam": "", "sam2": "sam2_", "pocket": "pocket_"}


def measure() -> dict[str, float]:
    install_official_packages()
    with tempfile.TemporaryDirectory(prefix="maskwright-bench-") as name, sync_playwright() as playwright:
        folder = Path(name)
        build_cases(folder / "cases")
        folders = {"/static/app": ROOT / "static" / "app", "/cases": folder / "cases"}
        with IsolatedSite(folders) as site, Browser(playwright, folder / "profile") as browser:
            page = browser.open(f"{site.url}/static/app/bench-decoder.html?case=none")
            figures: dict[str, float] = {}
            for case, prefix in CASES.items():
                found = measure_case(
                    page, f"{site.url}/static/app/bench-decoder.html?case=/cases/{case}/case.json"
                )
                figures |= {f"{prefix}{key}": value for key, value in found.items()}
            return figures


def build_cases(folder: Path) -> None:
    # In a process of its own: torch would stay in memory beside the browser.
    subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.decoder_exports", str(folder)], cwd=ROOT, check=True
    )
    for case in ("sam", "sam2"):
        add_random_case(folder / case)
    add_pocket_case(folder / "pocket")


def measure_case(page: Page, url: str) -> dict[str, float]:
    session = ask(page, f"{url}&measure=session&threads=2")
    rounds: dict[int, list[Result]] = {2: [], 1: []}
    for _ in range(ROUNDS):
        for threads, results in rounds.items():
            result = ask(page, f"{url}&threads={threads}&warm-up={WARM_UP}&runs={RUNS}")
            assert result["threads"] == threads, "the page did not use the threads asked for"
            results.append(result)
    return figures_of(rounds[2], rounds[1]) | {key: round(value, 1) for key, value in session.items()}


def figures_of(two: list[Result], one: list[Result]) -> dict[str, float]:
    """Medians over the pages, each of which is a median over its clicks; ratios are taken within a page."""
    figures = {
        "ms_2t": median_of(two, "ms"),
        "ms_1t": median_of(one, "ms"),
        "refine_ms_2t": median_of(two, "refine_ms"),
        "refine_ms_1t": median_of(one, "refine_ms"),
        "painted_ms_2t": median_of(two, "painted_ms"),
        "candidates_ms_2t": median_of(two, "candidates_ms"),
    }
    if two[0]["baseline_ms"] is None:
        return figures
    return figures | {
        "baseline_ms_2t": median_of(two, "baseline_ms"),
        "baseline_ms_1t": median_of(one, "baseline_ms"),
        "ratio_2t": ratio_of(two, "ms"),
        "ratio_1t": ratio_of(one, "ms"),
        "refine_ratio": ratio_of(two, "refine_ms"),
        "refine_ratio_1t": ratio_of(one, "refine_ms"),
    }


def median_of(results: list[Result], key: str) -> float:
    return round(statistics.median(float(result[key]) for result in results), 2)


def ratio_of(results: list[Result], key: str) -> float:
    return round(statistics.median(result["baseline_ms"] / result[key] for result in results), 2)
