"""Ask for work, hurry it, cancel it, try it again. Each is one transaction with its wake-up call."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from annotator.accounts.models import User
from annotator.jobs import claims
from annotator.jobs.errors import JobNotRetryable
from annotator.jobs.models import Job, JobState, Urgency
from annotator.jobs.registry import get_kind
from annotator.jobs.wakeups import send_wakeup
from annotator.projects.models import Project


@transaction.atomic
def request_job(
    kind: str,
    *,
    project: Project,
    user: User | None,
    params: dict[str, Any],
    urgency: Urgency = Urgency.BATCH,
    total: int = 0,
) -> Job:
    """Queue a job of a registered kind; it starts after the surrounding transaction commits.

    `total` is how many steps it has, where that is known before it starts.
    """
    lane = get_kind(kind).lane
    job = Job.objects.create(
        kind=kind, lane=lane, project=project, created_by=user, params=params, urgency=urgency, total=total
    )
    send_wakeup(lane)
    return job


@transaction.atomic
def request_jobs(
    kind: str, *, project: Project, user: User | None, params: Sequence[dict[str, Any]], total: int = 0
) -> list[Job]:
    """Many batch jobs of one kind, one for each of `params`, with one wake-up call."""
    lane = get_kind(kind).lane
    jobs = Job.objects.bulk_create(
        Job(kind=kind, lane=lane, project=project, created_by=user, params=each, total=total)
        for each in params
    )
    if jobs:
        send_wakeup(lane)
    return jobs


@transaction.atomic
def make_job_interactive(job: Job) -> None:
    """Let a waiting job pass all batch jobs. A job that already runs or is done is left alone."""
    waiting = Job.objects.filter(id=job.id, state=JobState.QUEUED, urgency__gt=Urgency.INTERACTIVE)
    if waiting.update(urgency=Urgency.INTERACTIVE, woken_at=timezone.now()):
        job.urgency = Urgency.INTERACTIVE
        send_wakeup(job.lane)


@transaction.atomic
def cancel_job(job: Job) -> None:
    """End a waiting job at once, ask a running one to stop, leave a finished one. Updates `job`."""
    waiting = Job.objects.filter(id=job.id, state=JobState.QUEUED)
    if not waiting.update(**claims.cancelled_columns(message=claims.CANCELLED_BY_PERSON)):
        Job.objects.filter(id=job.id, state=JobState.RUNNING).update(cancel_requested=True)
    job.refresh_from_db()


@transaction.atomic
def retry_job(job: Job, *, urgency: Urgency = Urgency.INTERACTIVE) -> None:
    """Queue a failed or cancelled job again, with its attempts counted anew. Updates `job`.

    Raises JobNotRetryable for any other job, so that of two retries at once one is told.
    """
    ended = Job.objects.filter(id=job.id, state__in=[JobState.FAILED, JobState.CANCELLED])
    queued = ended.update(
        state=JobState.QUEUED,
        urgency=urgency,
        attempts=0,
        done=0,
        message="",
        error_code="",
        error_message="",
        result={},
        cancel_requested=False,
        woken_at=timezone.now(),
        finished_at=None,
    )
    job.refresh_from_db()
    if not queued:
        raise JobNotRetryable(state=job.state)
    send_wakeup(job.lane)
