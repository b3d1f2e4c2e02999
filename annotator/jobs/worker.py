"""Run queued jobs in this process: one at a time in each lane."""

import logging
import threading
import time

from annotator.common.errors import MaskwrightError
from annotator.jobs import claims
from annotator.jobs.claims import JobClaim
from annotator.jobs.heartbeat import Heartbeat
from annotator.jobs.models import Lane
from annotator.jobs.registry import get_kind
from annotator.jobs.runs import ClaimLost, JobCancelled, JobRun, OnReport, WorkerStopping, worker_is_stopping
from annotator.jobs.wakeups import send_wakeup
from segmentation.errors import SegmentationError

logger = logging.getLogger(__name__)

# A worker process of the prefork pool is not told that it should stop, so it comes up for air this often.
DRAIN_SECONDS = 5.0
UNEXPECTED = (
    "Something went wrong that is not your fault. Retry the job; if it fails again, tell the operator: "
)


class _LaneState:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.woken = threading.Event()


_LANES = {lane.value: _LaneState() for lane in Lane}


def drain_lane(lane: str) -> None:
    """Run the lane's queued jobs until none is left. Returns at once when this process already does so.

    Every caller leaves its mark before it tries the lock, so a wake-up that comes while the drainer finds the
    table empty is not lost: the drainer sees the mark after it let the lock go.
    """
    state = _LANES[lane]
    state.woken.set()
    while state.woken.is_set() and not worker_is_stopping.is_set() and state.lock.acquire(blocking=False):
        try:
            state.woken.clear()
            _run_for_a_while(lane)
        finally:
            state.lock.release()


def _run_for_a_while(lane: str) -> None:
    stop_at = time.monotonic() + DRAIN_SECONDS
    while not worker_is_stopping.is_set():
        if time.monotonic() > stop_at:
            send_wakeup(lane)
            return
        claim = claims.claim_next_job(lane)
        if claim is None:
            return
        run_claimed_job(claim)


def run_claimed_job(claim: JobClaim, on_report: OnReport | None = None) -> None:
    """Run one job to its end and write that end under the claim. Raises only what the database raises."""
    job = claim.job
    started = time.monotonic()
    try:
        with Heartbeat(claim):
            result = get_kind(job.kind).load()(JobRun(claim, on_report))
    except JobCancelled as reason:
        claims.finish_cancelled(claim, message=str(reason))
    except WorkerStopping:
        claims.give_back(claim)
    except ClaimLost:
        logger.warning("Job %s (%s) is owned by another worker now", job.id, job.kind)
    except (MaskwrightError, SegmentationError) as error:
        logger.info("Job %s (%s) failed: %s", job.id, job.kind, error.message)
        claims.finish_failed(claim, code=error.code, message=error.message)
    except Exception:  # the boundary: whatever a job raises ends that job, never the worker
        logger.exception("Job %s (%s) failed unexpectedly", job.id, job.kind)
        claims.finish_failed(claim, code="job_failed", message=f"{UNEXPECTED}job {job.id}.")
    else:
        if claims.finish_succeeded(claim, result=result):
            logger.info("Job %s (%s) done in %.2f s", job.id, job.kind, time.monotonic() - started)
