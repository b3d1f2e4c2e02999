"""The data folder: is it writable, and does nobody else run on it?"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from tools.problem import Problem

LOCK_NAME = "running.lock"


@contextlib.contextmanager
def hold_data_folder(folder: Path, *, port: int) -> Iterator[None]:
    """Makes the folder and holds its lock, so that no second server runs on the same data.

    The kernel gives the lock back when this process ends, however it ends.
    """
    try:
        (folder / "logs").mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise Problem(
            f"The data folder {folder} cannot be written: {error.strerror}. "
            "Make it writable, or choose another one: DATA_DIR=~/maskwright-data make run"
        ) from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Problem(_explain_running(folder, os.pread(lock, 100, 0).decode())) from error
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()} {port}".encode(), 0)
        yield
    finally:
        os.close(lock)


def _explain_running(folder: Path, holder: str) -> str:
    pid, _, port = holder.partition(" ")
    where = f" (process {pid}, http://127.0.0.1:{port}/)" if port else ""
    return (
        f"Maskwright already runs on the data folder {folder}{where}. Stop that one with Ctrl-C, "
        "or start another with its own data and port: DATA_DIR=~/other-data PORT=8001 make run"
    )
