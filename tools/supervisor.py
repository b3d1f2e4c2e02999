"""Keeps the child processes running, and ends them all together."""

import contextlib
import os
import select
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType

from tools.logs import last_message, open_log, shorten_log
from tools.paths import ROOT
from tools.problem import Problem, say

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
HEALTHY_AFTER_S = 60.0
TIDY_EVERY_S = 60.0
SECONDS_TO_STOP = 10.0


class Child:
    """One process that should always be running."""

    def __init__(self, name: str, command: Sequence[str], *, log: Path, env: Mapping[str, str]) -> None:
        self.name = name
        self.log = log
        self.failures = 0
        self._command = list(command)
        self._env = {**os.environ, **env}
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_again_at = 0.0

    def start(self) -> None:
        log = open_log(self.log)
        try:
            # A session of its own: Ctrl-C in the terminal reaches the supervisor alone, which then stops all.
            # The pipe on standard input tells the child when the supervisor is gone (tools/child.py).
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self._env,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        finally:
            os.close(log)
        self._started_at = time.monotonic()

    def keep_running(self) -> float:
        """Starts the process again when it ended and its pause is over.

        Returns the seconds until it wants to be looked at again.
        """
        now = time.monotonic()
        if self._process is not None:
            status = self._process.poll()
            if status is None:
                return TIDY_EVERY_S
            self._note_failure(status, now)
        if now >= self._start_again_at:
            self.start()
            return TIDY_EVERY_S
        return self._start_again_at - now

    def _note_failure(self, status: int, now: float) -> None:
        self._close()
        if now - self._started_at > HEALTHY_AFTER_S:
            self.failures = 0
        pause = min(FIRST_PAUSE_S * 2**self.failures, LONGEST_PAUSE_S)
        self.failures += 1
        self._start_again_at = now + pause
        how = f"killed by {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
        say(f"The {self.name} ended ({how}); starting it again in {pause:g} s. Its log: {self.log}")

    def stop(self) -> None:
        """Asks the process to end and waits for it; kills it when it takes too long."""
        if self._process is None:
            return
        self._signal(signal.SIGTERM)
        try:
            self._process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            self._process.wait()
        self._close()

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)

    def _close(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
        self._process = None


class StopRequest:
    """Signals as something to wait for: Ctrl-C and friends ask to stop, SIGCHLD only wakes."""

    def __init__(self) -> None:
        self.requested = False
        self._read_end, self._write_end = os.pipe()
        os.set_blocking(self._write_end, False)
        signal.set_wakeup_fd(self._write_end, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._request)
        signal.signal(signal.SIGCHLD, lambda _signal, _frame: None)

    def wait(self, seconds: float) -> bool:
        """Sleeps until a signal comes or the time is over. True when we should stop."""
        if not self.requested and select.select([self._read_end], [], [], max(0.0, seconds))[0]:
            os.read(self._read_end, 100)
        return self.requested

    def _request(self, _signal: int, _frame: FrameType | None) -> None:
        self.requested = True


@contextlib.contextmanager
def running(child: Child) -> Iterator[None]:
    """Starts the child; whatever happens inside, it has ended afterwards."""
    try:
        child.start()
        yield
    finally:
        child.stop()


def keep_running(children: Sequence[Child], stop: StopRequest) -> None:
    """Until we are asked to stop: starts again what ended, with growing pauses, and keeps the logs short."""
    pause = 0.0
    while not stop.wait(pause):
        pause = min(child.keep_running() for child in children)
        for child in children:
            shorten_log(child.log)


def give_up_when_it_cannot_start(child: Child, *, tries: int) -> None:
    """A Problem when a child ended so often before it ever worked that another try is no use."""
    if child.failures >= tries:
        reason = last_message(child.log)
        raise Problem(f"The {child.name} does not start: {reason}\nAll that it said is in {child.log}")
