"""A private Redis for the time of a test run."""

import contextlib
import signal
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.servers.binaries import find_redis
from tests.servers.process import server_process
from tools.ports import HOST, free_port
from tools.problem import Problem


@contextlib.contextmanager
def private_redis() -> Iterator[str]:
    """Yields the URL of a new, empty server that keeps everything in memory."""
    redis = find_redis()
    if redis is None:
        raise Problem("Tests need Redis. As root: apt-get install redis-server")
    with tempfile.TemporaryDirectory(prefix="maskwright-redis-") as name:
        port = free_port()
        options = ["--bind", HOST, "--port", str(port), "--dir", name, "--save", "", "--appendonly", "no"]
        with server_process(
            [redis, *options],
            log=Path(name) / "server.log",
            is_ready=lambda: _answers(port),
            stop_signal=signal.SIGTERM,
        ):
            yield f"redis://{HOST}:{port}/0"


def _answers(port: int) -> bool:
    try:
        with socket.create_connection((HOST, port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(7) == b"+PONG\r\n"
    except OSError:
        return False
