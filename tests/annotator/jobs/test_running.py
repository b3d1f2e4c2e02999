"""What becomes of a job, and in which order jobs run."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from annotator.jobs.claims import beat, claim_next_job, finish_succeeded
from annotator.jobs.models import AttemptOutcome, Job, JobState, Lane, Urgency
from annotator.jobs.worker import drain_lane
from tests.annotator.jobs.conftest import Request
from tests.annotator.jobs.work import CALLS

pytestmark = pytest.mark.django_db


def _outcomes(job: Job) -> list[str]:
    return list(job.attempt_history.order_by("id").values_list("outcome", flat=True))


def test_a_job_runs_to_its_result(request_work: Request) -> None:
    job = request_work(steps=3)
    drain_lane(Lane.COMPUTE)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (JobState.SUCCEEDED, 3, 3)
    assert job.result == {"url": f"/results/{job.pk}/"}
    assert job.finished_at is not None
    assert job.claim is None
    assert _outcomes(job) == [AttemptOutcome.SUCCEEDED]


def test_urgent_jobs_run_first_then_the_oldest(request_work: Request) -> None:
    old, young = request_work(), request_work()
    urgent = request_work(urgency=Urgency.INTERACTIVE)
    drain_lane(Lane.COMPUTE)
    assert [urgent.pk, old.pk, young.pk] == CALLS


def test_a_lane_leaves_the_jobs_of_the_other_alone(request_work: Request) -> None:
    job = request_work("count_io")
    drain_lane(Lane.COMPUTE)
    assert CALLS == []
    drain_lane(Lane.IO)
    assert [job.pk] == CALLS


@pytest.mark.django_db(transaction=True)
def test_the_lanes_do_not_wait_for_each_other(request_work: Request) -> None:
    jobs = [request_work(f"meet_{lane}") for lane in Lane]

    def drain(lane: Lane) -> None:
        try:
            drain_lane(lane)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(Lane)) as pool:
        list(pool.map(drain, Lane))
    assert {Job.objects.get(pk=job.pk).state for job in jobs} == {JobState.SUCCEEDED}


def test_an_expected_failure_shows_its_own_sentence(request_work: Request) -> None:
    job = request_work("fail_on_purpose")
    drain_lane(Lane.COMPUTE)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.error() == {"code": "invalid", "message": "The picture is upside down. Turn it and try again."}
    assert _outcomes(job) == [AttemptOutcome.FAILED]


def test_an_unexpected_failure_is_logged_and_its_detail_is_not_shown(
    request_work: Request, caplog: pytest.LogCaptureFixture
) -> None:
    job = request_work("fail_unexpectedly")
    after = request_work()
    drain_lane(Lane.COMPUTE)
    job.refresh_from_db()
    assert job.error_code == "job_failed"
    assert "secret" not in job.error_message
    assert "secret detail" in caplog.text
    assert [after.pk] == CALLS, "the worker goes on with the next job"


def test_a_job_without_anything_to_do_is_cancelled_not_failed(request_work: Request) -> None:
    job = request_work("find_nothing_to_do")
    drain_lane(Lane.COMPUTE)
    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.CANCELLED, "The image was deleted.")


def test_a_job_of_a_kind_that_is_gone_fails_with_a_sentence(request_work: Request) -> None:
    job = request_work()
    Job.objects.filter(pk=job.pk).update(kind="of_an_older_version")
    drain_lane(Lane.COMPUTE)
    job.refresh_from_db()
    assert (job.state, job.error_code) == (JobState.FAILED, "job_failed")


def test_a_worker_that_lost_its_claim_stops_and_writes_nothing(request_work: Request) -> None:
    job = request_work("lose_the_claim")
    drain_lane(Lane.COMPUTE)
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.RUNNING, 0), "it belongs to the other worker"


def test_a_worker_that_lost_its_claim_cannot_finish_the_job(request_work: Request) -> None:
    job = request_work("finish_without_noticing")
    drain_lane(Lane.COMPUTE)
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    assert job.result == {}


def test_one_claim_is_given_for_one_job(request_work: Request) -> None:
    request_work()
    first = claim_next_job(Lane.COMPUTE)
    assert first is not None
    assert claim_next_job(Lane.COMPUTE) is None
    assert finish_succeeded(first, result={})
    assert not finish_succeeded(first, result={"twice": True})
    assert not beat(first)


def test_a_job_gives_itself_back_when_its_worker_is_told_to_stop(request_work: Request) -> None:
    job = request_work("be_told_to_stop")
    waiting = request_work()
    drain_lane(Lane.COMPUTE)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)
    assert _outcomes(job) == [AttemptOutcome.INTERRUPTED]
    assert waiting.pk not in CALLS, "a stopping worker takes no further job"
