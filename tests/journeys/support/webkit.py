"""WebKit, Safari's engine, as Debian packages it: WebKitGTK's MiniBrowser on a screen that nobody sees."""

import contextlib
import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping

from tests.journeys.support.webdriver import Session
from tests.servers.binaries import find_minibrowser, find_webkit_driver, find_xvfb
from tools.ports import HOST, free_port

START_TIMEOUT_S = 30.0
SCREEN = "1400x950x24"


@contextlib.contextmanager
def webkit() -> Iterator[Session]:
    """A window with an empty profile."""
    with _screen() as display, _driver(display) as url:
        options = {"binary": str(find_minibrowser()), "args": ["--automation"]}
        session = Session(url, {"browserName": "MiniBrowser", "webkitgtk:browserOptions": options})
        try:
            yield session
        finally:
            session.close()


@contextlib.contextmanager
def _screen() -> Iterator[str]:
    """Xvfb, which chooses a number that is free and tells it."""
    program = find_xvfb()
    assert program is not None, "Tests need Xvfb. As root: apt-get install xvfb"
    reading, writing = os.pipe()
    command = [str(program), "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    with _running(command, {}, keep_open=writing):
        os.close(writing)
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"


@contextlib.contextmanager
def _driver(display: str) -> Iterator[str]:
    program = find_webkit_driver()
    assert program is not None, "Tests need WebKit. As root: apt-get install webkit2gtk-driver"
    port = free_port()
    url = f"http://{HOST}:{port}"
    with _running([str(program), f"--port={port}"], {"DISPLAY": display}):
        _wait_until_answered(f"{url}/status")
        yield url


@contextlib.contextmanager
def _running(command: list[str], env: Mapping[str, str], *, keep_open: int | None = None) -> Iterator[None]:
    process = subprocess.Popen(
        command,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=[] if keep_open is None else [keep_open],
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _wait_until_answered(url: str) -> None:
    give_up = time.monotonic() + START_TIMEOUT_S
    while True:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(url, timeout=START_TIMEOUT_S).close()  # noqa: S310
            return
        assert time.monotonic() < give_up, "WebKitWebDriver did not start"
        time.sleep(0.1)
