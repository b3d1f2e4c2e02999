"""Run queued jobs in this process: one at a time in each lane, or one batch of a kind that knows batches."""

import threading
import time

from annotator.jobs import claims
from annotator.jobs.batches import DRAIN_SECONDS, JobBatch
from annotator.jobs.claims import JobClaim
from annotator.jobs.heartbeat import Heartbeat
from annotator.jobs.models import Lane
from annotator.jobs.registry import get_kind
from annotator.jobs.runs import OnReport, worker_is_stopping
from annotator.jobs.wakeups import send_wakeup


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
    """Run a job, and what its kind takes along, to the end; each end is written under the job's own claim.

    Raises only what the database raises.
    """
    batch = JobBatch(claim, on_report)
    with Heartbeat(lambda: batch.unended):
        try:
            get_kind(claim.job.kind).work(batch)
        except Exception as error:  # noqa: BLE001  (the boundary: what a job raises ends it, never the worker)
            batch.fail_rest(error)
