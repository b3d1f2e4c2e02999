"""Problems that the user can do something about, told in a sentence instead of a stack trace."""

import sys
from collections.abc import Callable


class Problem(Exception):
    """Something is wrong outside the program. The text says what, and what to do."""


def say(text: str) -> None:
    """Progress for the person at the terminal. On stderr: stdout carries results only."""
    print(text, file=sys.stderr, flush=True)


def run_main(main: Callable[[], int]) -> None:
    """Ends the process with main's exit status; a Problem becomes its sentence and status 1."""
    try:
        status = main()
    except Problem as problem:
        say(f"\n{problem}")
        status = 1
    except KeyboardInterrupt:
        say("\nStopped.")
        status = 130
    sys.exit(status)
