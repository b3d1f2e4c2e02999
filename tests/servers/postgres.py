"""A private Postgres for the time of a test run."""

import contextlib
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.servers.binaries import find_postgres_bin
from tests.servers.process import as_unprivileged, server_process
from tools.ports import HOST, free_port
from tools.problem import Problem

USER = "maskwright"
# Nothing here has to survive a power cut.
FAST_AND_FORGETFUL = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


@contextlib.contextmanager
def private_postgres() -> Iterator[str]:
    """Yields the URL of a new, empty server. It has no password, so it listens on this machine only."""
    binaries = find_postgres_bin()
    if binaries is None:
        raise Problem("Tests need Postgres. As root: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="maskwright-postgres-") as name:
        folder = Path(name)
        start = as_unprivileged(folder)
        database = folder / "database"
        initdb = [*start, str(binaries / "initdb"), "--pgdata", str(database), "--username", USER]
        options = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        subprocess.run([*initdb, *options], check=True, stdout=subprocess.DEVNULL, cwd=folder)
        port = free_port()
        where = ["-D", str(database), "-c", f"listen_addresses={HOST}", "-p", str(port), "-k", name]
        with server_process(
            [*start, str(binaries / "postgres"), *where, *FAST_AND_FORGETFUL],
            log=folder / "server.log",
            is_ready=lambda: _is_ready(binaries, port),
            stop_signal=signal.SIGQUIT,  # "immediate shutdown": at once, without a checkpoint
        ):
            yield f"postgres://{USER}@{HOST}:{port}/postgres"


def _is_ready(binaries: Path, port: int) -> bool:
    command = [str(binaries / "pg_isready"), "--quiet", "--host", HOST, "--port", str(port)]
    return subprocess.run(command, check=False).returncode == 0
