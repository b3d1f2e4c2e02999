"""Jobs of one kind that a worker runs at once, because that is cheaper than one after the other.

Each keeps a claim and an end of its own: one that fails, is cancelled or was taken away does not touch
the others.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from annotator.jobs import claims
from annotator.jobs.claims import JobClaim
from annotator.jobs.endings import end_with_error, end_with_result
from annotator.jobs.models import Job
from annotator.jobs.runs import JobRun, OnReport, WorkerStopping, worker_is_stopping

# A worker process of the prefork pool is not told that it should stop, so it comes up for air this often.
DRAIN_SECONDS = 5.0


class JobBatch:
    """What the function of a batched kind works on: `first`, and whatever it takes along."""

    def __init__(self, claim: JobClaim, on_report: OnReport | None = None) -> None:
        self.first = JobRun(claim, on_report)
        self._unended = {claim.token: claim}
        self._started = time.monotonic()

    @property
    def unended(self) -> Sequence[JobClaim]:
        """The claims whose jobs still run."""
        return list(self._unended.values())

    def take_more(self, limit: int, **conditions: Any) -> list[JobRun]:
        """Claim up to `limit` waiting jobs like the first one: same kind, same urgency, and `conditions`.

        Nothing while a more urgent job waits, when the worker should stop or come up for air, and nothing
        beside a job that lost its worker before: what kills workers should kill no other job with it.
        """
        first = self.first.job
        if first.attempts > 1 or self._should_end() or self.must_make_way():
            return []
        alike = {"kind": first.kind, "urgency": first.urgency, "attempts": 0, **conditions}
        taken = claims.claim_jobs_like(first.lane, limit=limit, **alike)
        self._unended |= {claim.token: claim for claim in taken}
        return [JobRun(claim) for claim in taken]

    def must_make_way(self) -> bool:
        """Whether somebody waits for a job that is more urgent than these."""
        first = self.first.job
        return Job.objects.queued_in_order(first.lane).filter(urgency__lt=first.urgency).exists()

    def give_back(self, runs: Sequence[JobRun]) -> None:
        """Queue jobs again that were taken along and not begun."""
        for run in runs:
            claims.give_back(self._unended.pop(run.claim.token))

    def succeed(self, run: JobRun, result: dict[str, Any]) -> None:
        end_with_result(self._unended.pop(run.claim.token), result)

    def fail(self, run: JobRun, error: Exception) -> None:
        """Does nothing when the job has ended already."""
        if claim := self._unended.pop(run.claim.token, None):
            end_with_error(claim, error)

    def fail_rest(self, error: Exception) -> None:
        """End every job that has not ended yet in the way of this error."""
        while self._unended:
            end_with_error(self._unended.popitem()[1], error)

    @contextmanager
    def on_its_own(self, run: JobRun) -> Iterator[None]:
        """What goes wrong inside ends this job only, unless the whole worker should stop."""
        try:
            yield
        except WorkerStopping:
            raise
        except Exception as error:  # noqa: BLE001  (the boundary of one job; the error is logged and stored)
            self.fail(run, error)

    def _should_end(self) -> bool:
        return worker_is_stopping.is_set() or time.monotonic() - self._started > DRAIN_SECONDS
