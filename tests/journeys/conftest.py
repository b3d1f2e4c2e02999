"""People's things for the journeys: a running server, browsers, photos."""

import os
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import get_args

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright

from tests.journeys.support.backends import fresh_backends
from tests.journeys.support.browser import TIMEOUT_MS, Browser
from tests.journeys.support.engines import Engine
from tests.journeys.support.server import Server

BrowserFactory = Callable[..., Browser]

JOURNEY_ENGINE = "JOURNEY_ENGINE"

# It carries the mark `more`, which `make test-more` runs after it has installed torch.
collect_ignore = [] if find_spec("torch") else ["test_webgpu_published.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("journey")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=TIMEOUT_MS)
    with sync_playwright() as playwright:
        yield playwright


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """In Chromium; what is marked `every_engine` in each engine; all in JOURNEY_ENGINE if that is set."""
    if "engine" not in metafunc.fixturenames:
        return
    chosen = os.environ.get(JOURNEY_ENGINE)
    if chosen or metafunc.definition.get_closest_marker("every_engine"):
        engines = [chosen] if chosen else get_args(Engine)
        metafunc.parametrize("engine", [pytest.param(name, marks=_marks(name)) for name in engines])


def _marks(engine: str) -> list[pytest.MarkDecorator]:
    """By which `make test` walks them once, not again with another database."""
    return [pytest.mark.firefox] if engine == "firefox" else []


@pytest.fixture
def engine() -> Engine:
    """What is not said otherwise."""
    return "chromium"


@pytest.fixture
def new_browser(playwright: Playwright, engine: Engine, tmp_path: Path) -> Iterator[BrowserFactory]:
    """Makes browsers, each with a profile of its own. At the end no console may have complained."""
    browsers: list[Browser] = []

    def make(*, flags: list[str] | None = None) -> Browser:
        profile = tmp_path / f"profile-{len(browsers)}"
        browser = Browser(playwright, profile, flags=flags, engine=engine)
        browsers.append(browser)
        return browser

    yield make
    for browser in browsers:
        browser.close()
    assert [complaint for browser in browsers for complaint in browser.complaints] == []


@pytest.fixture
def browser(new_browser: BrowserFactory) -> Browser:
    return new_browser()


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[Server]:
    """Not started yet, on an empty data folder."""
    with fresh_backends() as env:
        server = Server(tmp_path / "data", env=env)
        yield server
        server.stop()


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with fresh_backends() as env:
        server = Server(tmp_path_factory.mktemp("shared") / "data", env=env)
        yield server
        server.stop()


@pytest.fixture
def server(shared_server: Server) -> Server:
    """Running, and shared with other journeys: each makes its own project. It may be stopped and started."""
    if not shared_server.is_running:
        shared_server.start()
    return shared_server
