"""Find jobs that nobody works on any more and wake-up calls that nobody heard.

Several workers may sweep at once: each step is a conditional UPDATE, and one of them wins.
"""

import logging
import threading
from datetime import timedelta

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from annotator.jobs import claims
from annotator.jobs.models import AttemptOutcome, Job, JobState, Lane
from annotator.jobs.wakeups import send_wakeup

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
# A queued job is expected to wait while others run; only then is a new wake-up call worth a message.
WAKE_AGAIN_SECONDS = 15.0


def sweep(*, wake_again_seconds: float = WAKE_AGAIN_SECONDS) -> int:
    """One round. Returns how many jobs were taken from workers that are dead."""
    recovered = _recover_dead_jobs()
    for lane in Lane:
        _wake_waiting(lane, older_than=wake_again_seconds)
    return recovered


def _recover_dead_jobs() -> int:
    dead_since = timezone.now() - timedelta(seconds=settings.JOB_DEAD_AFTER_SECONDS)
    dead = Job.objects.filter(state=JobState.RUNNING, heartbeat_at__lt=dead_since)
    return sum(_recover(job) for job in dead.order_by("id")[:1000])


def _recover(job: Job) -> bool:
    """Queue a job again whose worker died, or end it when it was cancelled or kills its workers."""
    assert job.claim is not None, "a database constraint gives every running job a claim"  # noqa: S101
    if job.cancel_requested:
        columns = claims.cancelled_columns(message=claims.CANCELLED_BY_PERSON)
    elif job.attempts >= MAX_ATTEMPTS:
        columns = claims.failed_columns(
            code="job_crashed",
            message=f"The worker died {job.attempts} times while it did this, so it was not tried again. "
            "It may need more memory than there is: look at the worker's log, then retry the job.",
        )
    else:
        columns = {"state": JobState.QUEUED, "woken_at": timezone.now()}
    if not claims.release(job.id, job.claim, AttemptOutcome.LOST, **columns):
        return False
    logger.warning("Job %s (%s) lost its worker after attempt %s", job.id, job.kind, job.attempts)
    if columns["state"] == JobState.QUEUED:
        send_wakeup(job.lane)
    return True


def _wake_waiting(lane: Lane, *, older_than: float) -> None:
    """Call again when the next job of the lane has waited long since the last call."""
    now = timezone.now()
    head = Job.objects.queued_in_order(lane).values_list("id", "woken_at").first()
    if head is None or head[1] > now - timedelta(seconds=older_than):
        return
    if Job.objects.filter(id=head[0], state=JobState.QUEUED, woken_at=head[1]).update(woken_at=now):
        send_wakeup(lane)


class SweeperThread(threading.Thread):
    """Sweeps for as long as the worker lives; the first round wakes whatever waits from before."""

    def __init__(self) -> None:
        super().__init__(name="job-sweeper", daemon=True)
        self.ended = threading.Event()

    def run(self) -> None:
        self._sweep_once(wake_again_seconds=0)
        while not self.ended.wait(settings.JOB_HEARTBEAT_SECONDS):
            self._sweep_once(wake_again_seconds=WAKE_AGAIN_SECONDS)

    def _sweep_once(self, *, wake_again_seconds: float) -> None:
        try:
            sweep(wake_again_seconds=wake_again_seconds)
        except (Error, OSError):
            # The database or the broker is away: say so and try again in the next round.
            logger.warning("The job sweeper could not work this round", exc_info=True)
            connection.close()
