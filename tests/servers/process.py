"""Starts a server program for a while."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

START_TIMEOUT_S = 30.0
STOP_TIMEOUT_S = 15.0
UNPRIVILEGED_USER = "nobody"


class ServerDidNotStart(Exception):
    """Holds what the server said."""


@contextlib.contextmanager
def server_process(
    command: Sequence[str | Path], *, log: Path, is_ready: Callable[[], bool], stop_signal: signal.Signals
) -> Iterator[None]:
    """Runs a server until the block ends; what it says goes to the log."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        _wait_until_ready(process, is_ready, log)
        yield
    finally:
        process.send_signal(stop_signal)
        try:
            process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def as_unprivileged(folder: Path) -> list[str]:
    """The start of a command that refuses to run as root, like Postgres; gives the folder to that user."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, user=UNPRIVILEGED_USER)
    return ["setpriv", f"--reuid={UNPRIVILEGED_USER}", "--regid=nogroup", "--clear-groups", "--"]


def _wait_until_ready(process: "subprocess.Popen[bytes]", is_ready: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while not is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise ServerDidNotStart(log.read_text(errors="replace")[-2000:])
        time.sleep(0.05)
