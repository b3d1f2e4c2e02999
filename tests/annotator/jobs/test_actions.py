"""Hurry, cancel and retry."""

import pytest

from annotator.jobs.actions import cancel_job, make_job_interactive, retry_job
from annotator.jobs.claims import claim_next_job
from annotator.jobs.errors import JobNotRetryable
from annotator.jobs.models import JobState, Lane, Urgency
from annotator.jobs.worker import drain_lane
from tests.annotator.jobs.conftest import Request
from tests.annotator.jobs.work import CALLS

pytestmark = pytest.mark.django_db


def test_a_hurried_job_passes_those_before_it(request_work: Request) -> None:
    first, second = request_work(), request_work()
    make_job_interactive(second)
    drain_lane(Lane.COMPUTE)
    assert [second.pk, first.pk] == CALLS


def test_hurrying_a_running_job_changes_nothing(request_work: Request) -> None:
    job = request_work()
    claim_next_job(Lane.COMPUTE)
    make_job_interactive(job)
    job.refresh_from_db()
    assert (job.state, job.urgency) == (JobState.RUNNING, Urgency.BATCH)


def test_a_waiting_job_is_cancelled_at_once(request_work: Request) -> None:
    job = request_work()
    cancel_job(job)
    drain_lane(Lane.COMPUTE)
    assert job.state == JobState.CANCELLED
    assert CALLS == []


def test_a_running_job_stops_at_its_next_report(request_work: Request) -> None:
    job = request_work("be_cancelled_midway")
    drain_lane(Lane.COMPUTE)
    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.CANCELLED, "Cancelled by a person.")


def test_cancelling_a_finished_job_changes_nothing(request_work: Request) -> None:
    job = request_work()
    drain_lane(Lane.COMPUTE)
    cancel_job(job)
    assert job.state == JobState.SUCCEEDED


def test_a_retried_job_starts_afresh(request_work: Request) -> None:
    job = request_work("fail_on_purpose")
    drain_lane(Lane.COMPUTE)
    job.refresh_from_db()
    retry_job(job)
    assert (job.state, job.attempts, job.error(), job.finished_at) == (JobState.QUEUED, 0, None, None)


def test_only_one_of_two_retries_counts(request_work: Request) -> None:
    job = request_work("fail_on_purpose")
    drain_lane(Lane.COMPUTE)
    retry_job(job)
    with pytest.raises(JobNotRetryable, match="this one is queued"):
        retry_job(job)
