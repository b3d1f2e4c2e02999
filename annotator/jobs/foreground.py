"""Run a job in this very process, for commands: with the same row, progress and history as in a worker."""

from typing import Any

from annotator.accounts.models import User
from annotator.jobs import claims
from annotator.jobs.models import Job
from annotator.jobs.registry import get_kind
from annotator.jobs.runs import OnReport
from annotator.jobs.worker import run_claimed_job
from annotator.projects.models import Project


def run_job_here(
    kind: str,
    *,
    project: Project,
    user: User | None,
    params: dict[str, Any],
    on_report: OnReport | None = None,
) -> Job:
    """Make a job, run it now, answer it in its end state. If this process is killed, a worker takes over."""
    claim = claims.create_claimed_job(
        kind=kind, lane=get_kind(kind).lane, project=project, created_by=user, params=params
    )
    try:
        run_claimed_job(claim, on_report)
    except KeyboardInterrupt:
        claims.finish_cancelled(claim, message="Stopped from the keyboard.")
        raise
    claim.job.refresh_from_db()
    return claim.job
