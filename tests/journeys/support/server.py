"""The product as a user starts it: the whole process tree on a data folder of its own."""

import os
import re
import signal
import subprocess
import sys
import threading
import urllib.parse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from tools.paths import ROOT
from tools.ports import free_port

START_TIMEOUT_S = 300.0
STOP_TIMEOUT_S = 20.0
OPEN_LINE = re.compile(r"Open (http://127\.0\.0\.1:(\d+)/\?token=\S+)\n")

SUPERVISOR = [sys.executable, "-m", "tools.run"]
MAKE_RUN = ["make", "--silent", "run"]


class ServerDidNotStart(Exception):
    """Holds what it said."""


class Server:
    """A running Maskwright. `start` and `stop` may be called again and again; data and port stay the same."""

    def __init__(
        self,
        data_dir: Path,
        *,
        env: Mapping[str, str],
        tree: Path = ROOT,
    ) -> None:
        self.data_dir = data_dir
        self._tree = tree
        self.port = free_port()
        self._env = {**os.environ, **env, "DATA_DIR": str(data_dir), "PORT": str(self.port)}
        # pytest's own: the product runs with the settings that it ships with.
        self._env.pop("DJANGO_SETTINGS_MODULE", None)
        self._process: subprocess.Popen[str] | None = None
        self._said: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self, command: Sequence[str] = SUPERVISOR) -> str:
        """Starts the tree. Returns the one-use sign-in link that it printed."""
        self._process = subprocess.Popen(
            command,
            cwd=self._tree,
            env=self._env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        threading.Thread(target=self._listen, args=[self._process.stderr], daemon=True).start()
        give_up = threading.Timer(START_TIMEOUT_S, self.kill)
        give_up.start()
        line = self._process.stdout.readline()
        give_up.cancel()
        match = OPEN_LINE.fullmatch(line)
        if match is None:
            self.kill()
            raise ServerDidNotStart(f"stdout: {line!r}\nstderr: {''.join(self._said)}")
        return match[1]

    def stop(self) -> str:
        """Ctrl-C, as from the terminal that started it. Returns all that it said on stderr."""
        if self._process is not None and self.is_running:
            os.killpg(self._process.pid, signal.SIGINT)
            self._process.wait(STOP_TIMEOUT_S)
        return "".join(self._said)

    def kill(self) -> None:
        """The hard way, for tests that went wrong."""
        if self._process is not None and self.is_running:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def manage(self, *arguments: str) -> str:
        """Runs a management command on the server's data. Returns what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=self._tree, env=self._env, check=True, capture_output=True, text=True
        )
        printed: str = done.stdout
        return printed.strip()

    def sign_in_link(self) -> str:
        """Another one-use link for the same user."""
        query = urllib.parse.urlsplit(self.manage("sign_in_link")).query
        return f"{self.url}/?{query}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def _listen(self, stream: IO[str]) -> None:
        for line in stream:
            self._said.append(line)
