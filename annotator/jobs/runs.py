"""What the function of a job sees while it works: its job, a way to report progress, and reasons to stop."""

import threading
import time
from collections.abc import Callable
from typing import Any

from annotator.jobs import claims
from annotator.jobs.claims import JobClaim
from annotator.jobs.models import Job

REPORT_EVERY_SECONDS = 0.5

# Set when this process was asked to stop: jobs give themselves back at their next report.
worker_is_stopping = threading.Event()


class JobStopped(Exception):
    """Base of the reasons to stop that are no failures. A job function lets them pass."""


class JobCancelled(JobStopped):
    """The job has nothing left to do: a person cancelled it, or what it worked on is gone."""


class ClaimLost(JobStopped):
    """Another worker owns the job now, or its row is gone."""


class WorkerStopping(JobStopped):
    """The worker was asked to stop; the job will be queued again."""


OnReport = Callable[[int, int, str], None]  # done, total, message


class JobRun:
    """One attempt at one job, in the thread that works on it."""

    def __init__(self, claim: JobClaim, on_report: OnReport | None = None) -> None:
        self.claim = claim
        self._on_report = on_report
        self._last_report = 0.0

    @property
    def job(self) -> Job:
        return self.claim.job

    @property
    def params(self) -> dict[str, Any]:
        params: dict[str, Any] = self.job.params
        return params

    def report(self, *, done: int, total: int, message: str = "") -> None:
        """Show progress, at most twice a second; call it freely. Raises JobStopped when work should end."""
        now = time.monotonic()
        if done < total and now - self._last_report < REPORT_EVERY_SECONDS:
            return
        self._last_report = now
        self.check()
        if not claims.beat(self.claim, done=done, total=total, message=message[: claims.MESSAGE_LENGTH]):
            raise ClaimLost
        if self._on_report:
            self._on_report(done, total, message)

    def check(self) -> None:
        """Raises JobStopped when a person cancelled the job or the worker is asked to stop."""
        if worker_is_stopping.is_set():
            raise WorkerStopping
        if claims.is_cancel_requested(self.claim):
            raise JobCancelled(claims.CANCELLED_BY_PERSON)
