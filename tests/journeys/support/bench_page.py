"""The benchmark's page (frontend/src/app/bench) as a test asks it: which masks does a runtime give?"""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.benchmarks.isolated_site import IsolatedSite
from tests.journeys.support.pages import mask_of
from tools.paths import ROOT

# Chromium without a GPU has a WebGPU adapter in software, if it is asked for.
WEBGPU_FLAGS = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"]
# In software a decode takes seconds.
TIMEOUT_MS = 600_000

# Sums are rounded in another order, so a few pixels on a border may fall to the other side.
MOST_DIFFERENT_PIXELS = 0.001  # of the image
LARGEST_DIFFERENCE = 2e-3  # of the scores, relative where they are larger than 1

Answers = list[list[dict[str, Any]]]


def bench_site(cases: Path) -> IsolatedSite:
    """The built front end, and folders of cases (tests/benchmarks/decoder_cases.py)."""
    return IsolatedSite({"/static/app": ROOT / "static" / "app", "/cases": cases})


def masks_by(page: Page, site: IsolatedSite, case: str, runtime: str) -> Answers:
    """The candidates of a click and of a second one that refines it."""
    query = f"case=/cases/{case}/case.json&measure=masks&runtime={runtime}"
    page.goto(f"{site.url}/static/app/bench-decoder.html?{query}")
    # Asked now and then: frames, which it else waits for, are rare while the GPU is computed in software.
    done = "document.body.dataset.result || document.body.dataset.error"
    page.wait_for_function(done, timeout=TIMEOUT_MS, polling=500)
    assert page.evaluate("document.body.dataset.error") is None
    report = json.loads(page.evaluate("document.body.dataset.result"))
    assert runtime.startswith(report["runtime"]), "the page did not use the runtime asked for"
    answers: Answers = report["answers"]
    return answers


def assert_same_masks(found: Answers, expected: Answers) -> None:
    assert [len(candidates) for candidates in found] == [len(candidates) for candidates in expected] == [3, 3]
    for candidates, others in zip(found, expected, strict=True):
        for candidate, other in zip(candidates, others, strict=True):
            different = mask_of(candidate["rle"]) != mask_of(other["rle"])
            assert different.mean() <= MOST_DIFFERENT_PIXELS
            for score in ("predictedIou", "stabilityScore", "meanLogit"):
                tolerance = LARGEST_DIFFERENCE * max(1, abs(other[score]))
                assert abs(candidate[score] - other[score]) <= tolerance, score
