"""Debian's Chromium, with a profile that outlives it."""

import os
import shutil
import signal
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Playwright

from tests.servers.binaries import find_chromium

WINDOW = {"width": 1280, "height": 800}
TIMEOUT_MS = 20_000


class Browser:
    """One person's browser.

    `complaints` is what its consoles said as errors. A failed request is one, also where the journey is about
    failing: a text that contains one of `expected_complaints` is left out.
    """

    def __init__(self, playwright: Playwright, profile: Path, *, flags: list[str] | None = None) -> None:
        self.expected_complaints: list[str] = []
        self._complaints: list[str] = []
        self._playwright = playwright
        self._profile = profile
        self._flags = flags or []
        self._context: BrowserContext | None = None

    @property
    def complaints(self) -> list[str]:
        return [
            complaint
            for complaint in self._complaints
            if not any(expected in complaint for expected in self.expected_complaints)
        ]

    def open(self, url: str) -> Page:
        """Starts the browser if it does not run, and opens a page."""
        if self._context is None:
            self._context = self._start()
        page = self._context.new_page()
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self._complaints.append(f"uncaught: {error}"))
        page.goto(url)
        return page

    def kill(self) -> None:
        """SIGKILL to all its processes, as when the machine runs out of memory. The profile stays."""
        for process in self.processes():
            process.send_signal(signal.SIGKILL)
        self._forget()

    def close(self) -> None:
        if self._context is not None:
            self._context.close()
            self._context = None

    def _start(self) -> BrowserContext:
        program = find_chromium()
        assert program is not None, "Tests need Chromium. As root: apt-get install chromium"
        # Root may not use the sandbox; tests open our own pages only.
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        context = self._playwright.chromium.launch_persistent_context(
            self._profile,
            executable_path=program,
            headless=True,
            args=[*sandbox, "--disable-dev-shm-usage", *self._flags],
            viewport={"width": WINDOW["width"], "height": WINDOW["height"]},
            accept_downloads=True,
        )
        context.set_default_timeout(TIMEOUT_MS)
        return context

    def processes(self) -> list[psutil.Process]:
        """All that belong to it: browser, renderers (one for each page's site), helpers."""
        mark = f"--user-data-dir={self._profile}"
        first = [p for p in psutil.process_iter(["cmdline"]) if mark in (p.info["cmdline"] or [])]
        return [*first, *(child for process in first for child in process.children(recursive=True))]

    def _forget(self) -> None:
        self._context = None
        for lock in self._profile.glob("Singleton*"):
            lock.unlink(missing_ok=True)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        shutil.rmtree(self._profile, ignore_errors=True)
