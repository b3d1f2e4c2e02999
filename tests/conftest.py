"""What holds for every test: nothing is left out silently."""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest

LEFT_OUT = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    if config.option.markexpr == "more" and not find_spec("torch"):
        raise pytest.UsageError("These tests need torch. Run them with `make test-more`, which installs it.")
    config.stash[LEFT_OUT] = []
    config.pluginmanager.register(NothingLeftOut(config), "nothing-left-out")


class NothingLeftOut:
    """A skipped or expectedly failing test fails the run: it would be a promise that nobody checks."""

    def __init__(self, config: pytest.Config) -> None:
        self._left_out = config.stash[LEFT_OUT]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped:
            self._left_out.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self._left_out.append(report.nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self._left_out and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._left_out:
            terminalreporter.section("left out, which fails the run", red=True)
            for nodeid in self._left_out:
                terminalreporter.line(nodeid)


@pytest.fixture(scope="session")
def shared_data(repository: Path) -> Path:
    """The data sets that only tests marked `more` need: MASKWRIGHT_SHARED_DATA, else beside the project."""
    folder = Path(os.environ.get("MASKWRIGHT_SHARED_DATA") or repository.parent / "shared" / "data")
    assert (folder / "regions").is_dir(), (
        f"There are no data sets in {folder}. Set MASKWRIGHT_SHARED_DATA to the folder that holds regions/."
    )
    return folder


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the project's tree."""
    return Path(__file__).resolve().parent.parent
