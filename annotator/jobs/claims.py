"""Who owns a job. Every change of a running job is one UPDATE that names the claim it is made under.

An UPDATE that hits no row is the answer "not yours any more". That is all the locking there is, so it works
the same on SQLite and Postgres with any number of workers.
"""

import os
import socket
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from annotator.jobs.models import AttemptOutcome, Job, JobAttempt, JobState

MESSAGE_LENGTH = 300
CANCELLED_BY_PERSON = "Cancelled by a person."


@dataclass(frozen=True)
class JobClaim:
    """The right to work on one job, until its heartbeat is found stopped."""

    job: Job
    token: UUID


def worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def claim_next_job(lane: str) -> JobClaim | None:
    """Take the most urgent, then oldest queued job of the lane; None when there is none."""
    while (job_id := Job.objects.queued_in_order(lane).values_list("id", flat=True).first()) is not None:
        if claim := _claim(job_id):
            return claim
        # Another worker was faster: look again.
    return None


def claim_jobs_like(lane: str, *, limit: int, **conditions: Any) -> list[JobClaim]:
    """Take up to `limit` queued jobs of the lane that meet the conditions, next ones first."""
    waiting = Job.objects.queued_in_order(lane).filter(**conditions).values_list("id", flat=True)
    claimed = (_claim(job_id) for job_id in list(waiting[:limit]))
    return [claim for claim in claimed if claim]


def _claim(job_id: int) -> JobClaim | None:
    token = uuid4()
    now = timezone.now()
    with transaction.atomic():
        taken = Job.objects.filter(id=job_id, state=JobState.QUEUED).update(
            state=JobState.RUNNING, claim=token, heartbeat_at=now, attempts=F("attempts") + 1
        )
        if not taken:
            return None
        JobAttempt.objects.create(job_id=job_id, claim=token, worker=worker_name(), started_at=now)
        return JobClaim(job=Job.objects.select_related("project", "created_by").get(id=job_id), token=token)


@transaction.atomic
def create_claimed_job(**columns: Any) -> JobClaim:
    """A new job that no worker will take, because its maker works on it already."""
    token = uuid4()
    now = timezone.now()
    job = Job.objects.create(state=JobState.RUNNING, claim=token, heartbeat_at=now, attempts=1, **columns)
    JobAttempt.objects.create(job=job, claim=token, worker=worker_name(), started_at=now)
    return JobClaim(job=job, token=token)


def beat(claim: JobClaim, **progress: Any) -> bool:
    """Say that the work goes on, with the columns of its progress. False: the claim is lost, stop working."""
    owned = Job.objects.filter(id=claim.job.id, claim=claim.token)
    return owned.update(heartbeat_at=timezone.now(), **progress) == 1


def is_cancel_requested(claim: JobClaim) -> bool:
    return Job.objects.filter(id=claim.job.id, claim=claim.token, cancel_requested=True).exists()


def finish_succeeded(claim: JobClaim, *, result: dict[str, Any]) -> bool:
    """End the job, its progress full. False: the claim was lost, nothing was written."""
    return release(
        claim.job.id,
        claim.token,
        AttemptOutcome.SUCCEEDED,
        state=JobState.SUCCEEDED,
        result=result,
        done=F("total"),
        finished_at=timezone.now(),
    )


def finish_failed(claim: JobClaim, *, code: str, message: str) -> bool:
    return release(
        claim.job.id, claim.token, AttemptOutcome.FAILED, **failed_columns(code=code, message=message)
    )


def finish_cancelled(claim: JobClaim, *, message: str) -> bool:
    return release(claim.job.id, claim.token, AttemptOutcome.CANCELLED, **cancelled_columns(message=message))


def give_back(claim: JobClaim) -> bool:
    """Queue the job again because the worker was asked to stop; this does not count as an attempt."""
    return release(
        claim.job.id,
        claim.token,
        AttemptOutcome.INTERRUPTED,
        state=JobState.QUEUED,
        attempts=F("attempts") - 1,
    )


def failed_columns(*, code: str, message: str) -> dict[str, Any]:
    return {
        "state": JobState.FAILED,
        "error_code": code,
        "error_message": message,
        "finished_at": timezone.now(),
    }


def cancelled_columns(*, message: str) -> dict[str, Any]:
    return {
        "state": JobState.CANCELLED,
        "message": message[:MESSAGE_LENGTH],
        "finished_at": timezone.now(),
    }


@transaction.atomic
def release(job_id: int, token: UUID, outcome: AttemptOutcome, **columns: Any) -> bool:
    """End an attempt and take the job out of `running`. False when the claim is no longer on the job."""
    owned = Job.objects.filter(id=job_id, claim=token, state=JobState.RUNNING)
    if not owned.update(claim=None, heartbeat_at=None, **columns):
        return False
    JobAttempt.objects.filter(claim=token).update(outcome=outcome, ended_at=timezone.now())
    return True
