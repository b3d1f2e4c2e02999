"""Everything that tests and checks need beyond what `make run` needs; installs only what is missing."""

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.servers.binaries import (
    find_chromium,
    find_firefox,
    find_postgres_bin,
    find_redis,
    find_webkit_driver,
    find_xvfb,
)
from tools.bootstrap import bootstrap
from tools.debian import install_debian_packages
from tools.node import ensure_node, ensure_node_modules
from tools.problem import Problem, run_main
from tools.virtualenv import ensure_packages, ensure_virtualenv

# These say where a user's data is. Tests and checks have their own.
USERS_OWN = ("DATABASE_URL", "CELERY_BROKER_URL", "DATA_DIR", "PORT", "SECRET_KEY")
# Debian package: how to find what it brings.
Programs = Mapping[str, Callable[[], Path | None]]
PROGRAMS: Programs = {
    "chromium": find_chromium,
    "firefox-esr": find_firefox,
    "postgresql": find_postgres_bin,
    "redis-server": find_redis,
}
WEBKIT_PROGRAMS: Programs = {"webkit2gtk-driver": find_webkit_driver, "xvfb": find_xvfb}


def set_up_tests() -> None:
    """Programs, Python and npm packages, and a built front end for the tests to open."""
    ensure_programs()
    set_up_checks()


def set_up_checks() -> None:
    """Linters, type checkers and what they look at; no servers, no browser."""
    ensure_virtualenv()
    ensure_node()
    # Before the build, which would else install a part of the same packages.
    ensure_node_modules(dev=True)
    bootstrap()
    ensure_packages("requirements-dev.txt")


def ensure_programs(programs: Programs = PROGRAMS) -> None:
    """Browsers, Postgres and Redis: found, or installed where we may, else a Problem."""
    missing = [package for package, find in programs.items() if find() is None]
    if missing:
        install_debian_packages(missing, why=f"Tests need {', '.join(missing)}.")
    still_missing = [package for package in missing if programs[package]() is None]
    if still_missing:
        raise Problem(f"{', '.join(still_missing)} was installed but cannot be found on PATH.")


@contextlib.contextmanager
def no_users_data() -> Iterator[None]:
    """For the time of a block: an empty data folder, and none of the servers that the user has set."""
    kept = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="maskwright-") as folder:
        for name in USERS_OWN:
            os.environ.pop(name, None)
        os.environ["DATA_DIR"] = folder
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(kept)


def main() -> int:
    set_up_tests()
    return 0


if __name__ == "__main__":
    run_main(main)
