"""Job functions for the tests."""

import threading
from typing import Any

from annotator.common.errors import Invalid
from annotator.jobs.actions import cancel_job
from annotator.jobs.models import Job
from annotator.jobs.runs import JobCancelled, JobRun, worker_is_stopping

CALLS: list[int] = []  # ids of the jobs in the order they ran


def count(run: JobRun) -> dict[str, Any]:
    CALLS.append(run.job.pk)
    steps = run.params.get("steps", 1)
    for step in range(steps):
        run.report(done=step + 1, total=steps, message=f"Step {step + 1}")
    return {"url": f"/results/{run.job.pk}/"}


MEETING = threading.Barrier(2)


def meet(_run: JobRun) -> dict[str, Any]:
    """Returns when two jobs do this at the same time."""
    MEETING.wait(timeout=20)
    return {}


def fail_on_purpose(_run: JobRun) -> dict[str, Any]:
    raise Invalid("The picture is upside down. Turn it and try again.")


def fail_unexpectedly(_run: JobRun) -> dict[str, Any]:
    raise ZeroDivisionError("secret detail")


def find_nothing_to_do(_run: JobRun) -> dict[str, Any]:
    raise JobCancelled("The image was deleted.")


def be_cancelled_midway(run: JobRun) -> dict[str, Any]:
    cancel_job(Job.objects.get(pk=run.job.pk))
    run.report(done=1, total=1)
    raise AssertionError("a cancelled job must not go on")


def lose_the_claim(run: JobRun) -> dict[str, Any]:
    """Another worker takes the job over while this one works on it, and finishes it."""
    Job.objects.filter(pk=run.job.pk).update(claim="00000000-0000-4000-8000-000000000000")
    run.report(done=1, total=1)
    raise AssertionError("a worker without a claim must not go on")


def finish_without_noticing(run: JobRun) -> dict[str, Any]:
    Job.objects.filter(pk=run.job.pk).update(claim="00000000-0000-4000-8000-000000000000")
    return {"url": "/too/late/"}


def be_told_to_stop(run: JobRun) -> dict[str, Any]:
    worker_is_stopping.set()
    run.report(done=1, total=1)
    raise AssertionError("a job must stop with its worker")
