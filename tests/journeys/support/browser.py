"""One of Debian's browsers, with a profile that outlives it."""

import contextlib
import shutil
import signal
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Playwright

from tests.journeys.support.engines import Engine, launch

TIMEOUT_MS = 20_000
# What consoles say while there is no network.
OFFLINE = ("net::ERR_INTERNET_DISCONNECTED", "The server cannot be reached")


class Browser:
    """One person's browser.

    `complaints` is what its consoles said as errors. A failed request is one, also where the journey is about
    failing: a text that contains one of `expected_complaints` is left out.
    """

    def __init__(
        self,
        playwright: Playwright,
        profile: Path,
        *,
        flags: list[str] | None = None,
        engine: Engine = "chromium",
    ) -> None:
        self.engine = engine
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
            # Some end with the first, before it is their turn.
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)
        self._forget()

    def close(self) -> None:
        if self._context is not None:
            self._context.close()
            self._context = None

    def _start(self) -> BrowserContext:
        context = launch(self._playwright, self.engine, self._profile, self._flags)
        context.set_default_timeout(TIMEOUT_MS)
        return context

    def processes(self) -> list[psutil.Process]:
        """All that belong to it: browser, renderers (one for each page's site), helpers."""
        marks = {f"--user-data-dir={self._profile}", str(self._profile)}
        first = [p for p in psutil.process_iter(["cmdline"]) if marks & set(p.info["cmdline"] or [])]
        children = [child for process in first for child in process.children(recursive=True)]
        return list(dict.fromkeys([*first, *children]))

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
