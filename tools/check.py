"""`make check`: everything that a machine can say about the code without running the product."""

import time
from collections.abc import Callable

from tools.commands import run_quietly
from tools.node import run_npm
from tools.paths import VENV
from tools.problem import Problem, run_main, say
from tools.schema import check_snapshot, check_types
from tools.setup_tests import no_users_data, set_up_checks

BIN = VENV / "bin"


def _python(*command: str) -> Callable[[], None]:
    return lambda: run_quietly(BIN / command[0], *command[1:], doing=f"running {command[0]}", whole=True)


CHECKS: dict[str, Callable[[], None]] = {
    "format": _python("ruff", "format", "--check", "."),
    "lint": _python("ruff", "check", "."),
    "types": _python("mypy", "."),
    "import contracts": _python("lint-imports"),
    "migrations": _python("python", "manage.py", "makemigrations", "--check", "--dry-run"),
    "API schema snapshot": check_snapshot,
    "API types": check_types,
    "front end": lambda: run_npm("run", "check", doing="checking the front end", whole=True),
}


def main() -> int:
    set_up_checks()
    with no_users_data():
        failed = [name for name, check in CHECKS.items() if not _passes(name, check)]
    if failed:
        say(f"\nNot in order: {', '.join(failed)}")
    return 1 if failed else 0


def _passes(name: str, check: Callable[[], None]) -> bool:
    start = time.monotonic()
    try:
        check()
    except Problem as problem:
        say(f"FAILED  {name}\n{problem}\n")
        return False
    say(f"ok      {name} ({time.monotonic() - start:.1f} s)")
    return True


if __name__ == "__main__":
    run_main(main)
