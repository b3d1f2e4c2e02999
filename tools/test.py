"""`make test`, `test-more`, `test-webkit`: sets up, runs every suite and says at the end how each went."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from tests.servers import private_postgres, private_redis
from tools.node import node_environment
from tools.paths import FRONTEND, ROOT, VENV_PYTHON
from tools.problem import run_main, say
from tools.setup_tests import WEBKIT_PROGRAMS, ensure_programs, no_users_data, set_up_tests
from tools.virtualenv import ensure_torch_packages

# What depends on the database or the broker, and so runs on both kinds.
STORED_IN_DATABASE = ["tests/annotator", "tests/journeys"]

# Of what a clone alone can test, all but the journey that needs yet another browser.
BY_DEFAULT = "not more and not webkit"

Suite = tuple[str, bool]


def main() -> int:
    set_up_tests()
    with no_users_data():
        match sys.argv[1:]:
            case ["more"]:
                results = test_more()
            case ["webkit"]:
                results = test_webkit()
            case _:
                results = test()
    say("")
    for name, passed in results:
        say(f"{'passed' if passed else 'FAILED'}  {name}")
    return 0 if all(passed for _, passed in results) else 1


def test() -> list[Suite]:
    """Everything that a clone of the project alone can test."""
    with contextlib.ExitStack() as servers:
        team = {
            "DATABASE_URL": servers.enter_context(private_postgres()),
            "CELERY_BROKER_URL": servers.enter_context(private_redis()),
        }
        return [
            pytest("SQLite, file-system broker", ["-m", BY_DEFAULT]),
            # Another browser does not make another database different.
            pytest("Postgres, Redis", ["-m", f"{BY_DEFAULT} and not firefox", *STORED_IN_DATABASE], env=team),
            run_suite("front end", ["npm", "test"], cwd=FRONTEND, env=node_environment()),
        ]


def test_more() -> list[Suite]:
    """What needs the shared data sets or torch."""
    ensure_torch_packages()
    return [pytest("shared data and training", ["-m", "more"])]


def test_webkit() -> list[Suite]:
    """The essential steps in Safari's engine."""
    ensure_programs(WEBKIT_PROGRAMS)
    return [pytest("WebKit", ["-m", "webkit", "tests/journeys"])]


def pytest(name: str, arguments: Sequence[str], *, env: Mapping[str, str] | None = None) -> Suite:
    return run_suite(f"pytest: {name}", [str(VENV_PYTHON), "-m", "pytest", *arguments], env=env)


def run_suite(
    name: str, command: Sequence[str], *, cwd: os.PathLike[str] = ROOT, env: Mapping[str, str] | None = None
) -> Suite:
    say(f"\n== {name}")
    done = subprocess.run(command, cwd=cwd, env={**os.environ, **(env or {})}, check=False)
    return name, done.returncode == 0


if __name__ == "__main__":
    run_main(main)
