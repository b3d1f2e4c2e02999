"""Log files of the child processes, kept small."""

import os
import re
import shutil
from pathlib import Path

MAX_LOG_BYTES = 5_000_000


def open_log(path: Path) -> int:
    """A descriptor that appends, so that the file may be cut while a process writes to it."""
    shorten_log(path)
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)


def shorten_log(path: Path) -> None:
    """Moves what a long log holds to `NAME.1`, in place of what was there."""
    if path.exists() and path.stat().st_size > MAX_LOG_BYTES:
        shutil.copyfile(path, path.with_name(f"{path.name}.1"))
        os.truncate(path, 0)


def last_message(path: Path) -> str:
    """The last line that says something and starts at the margin, without the name of a Python exception."""
    try:
        lines = path.read_text(errors="replace")[-4000:].splitlines()
    except OSError:
        return ""
    at_margin = (line.strip() for line in reversed(lines) if line[:1].strip())
    return re.sub(r"^[\w.]+: ", "", next(at_margin, ""))
