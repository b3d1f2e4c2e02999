"""The benchmarks' own pages (frontend/bench-*.html), which leave what they measured in their body."""

import json
import sys
from typing import Any

from playwright.sync_api import Page

TIMEOUT_MS = 600_000
MAX_ECHO = 500  # characters of an answer that are shown while the benchmark runs

Result = dict[str, Any]


def ask(page: Page, url: str) -> Result:
    """What the page measured."""
    page.goto(url)
    page.wait_for_function("document.body.dataset.result || document.body.dataset.error", timeout=TIMEOUT_MS)
    if error := page.evaluate("document.body.dataset.error"):
        raise RuntimeError(f"The benchmark's page reports: {error}")
    result: Result = json.loads(page.evaluate("document.body.dataset.result"))
    sys.stderr.write(f"{url.partition('?')[2]} {json.dumps(result)[:MAX_ECHO]}\n")
    return result
