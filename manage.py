#!/usr/bin/env python3
"""Command line of the Django project. Runs itself again inside `.venv` when started by another Python."""

import os
import sys
from pathlib import Path

VENV_PYTHON = Path(__file__).resolve().parent / ".venv" / "bin" / "python"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotator.settings")
    try:
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError:
        if not VENV_PYTHON.exists() or Path(sys.prefix) == VENV_PYTHON.parents[1]:
            sys.exit(
                "Django is not installed here. Run `make run` once: it makes .venv with all that it needs."
            )
        os.execv(VENV_PYTHON, [str(VENV_PYTHON), *sys.argv])  # noqa: S606  (our own interpreter, our own arguments)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
