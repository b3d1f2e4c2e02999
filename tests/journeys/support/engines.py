"""The browsers that journeys are walked in, as Debian packages them. Playwright's own builds are not used."""

import os
import sys
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import BrowserContext, Playwright

from tests.journeys.support import firefox_relay
from tests.servers.binaries import find_chromium, find_firefox

Engine = Literal["chromium", "firefox"]

WINDOW = {"width": 1280, "height": 800}
# What is common to both. The sizes are a dict of its own for each: Playwright keeps it.
COMMON: dict[str, Any] = {"headless": True, "accept_downloads": True}


def launch(playwright: Playwright, engine: Engine, profile: Path, flags: list[str]) -> BrowserContext:
    """Starts a browser on a profile that outlives it."""
    start = _chromium if engine == "chromium" else _firefox
    return start(playwright, profile, flags)


def _chromium(playwright: Playwright, profile: Path, flags: list[str]) -> BrowserContext:
    program = find_chromium()
    assert program is not None, "Tests need Chromium. As root: apt-get install chromium"
    # Root may not use the sandbox; tests open our own pages only.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch_persistent_context(
        profile,
        executable_path=program,
        args=[*sandbox, "--disable-dev-shm-usage", *flags],
        viewport={"width": WINDOW["width"], "height": WINDOW["height"]},
        **COMMON,
    )


def _firefox(playwright: Playwright, profile: Path, flags: list[str]) -> BrowserContext:
    """Through WebDriver BiDi, which every Firefox speaks."""
    program = find_firefox()
    assert program is not None, "Tests need Firefox. As root: apt-get install firefox-esr"
    own = ["--remote-debugging-port=0", "--headless", "--profile", str(profile)]
    return playwright.firefox.launch_persistent_context(
        profile,
        channel="moz-firefox",
        executable_path=sys.executable,
        args=[str(firefox_relay.__file__), str(program), *own, *flags],
        ignore_default_args=True,
        viewport={"width": WINDOW["width"], "height": WINDOW["height"]},
        # Left as it is: Firefox cannot pretend to have another one.
        color_scheme="null",
        **COMMON,
    )
