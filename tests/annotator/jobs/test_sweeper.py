"""Jobs of dead workers, and wake-up calls that got lost."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from annotator.jobs import sweeper
from annotator.jobs.claims import JobClaim, claim_next_job, finish_succeeded
from annotator.jobs.models import AttemptOutcome, Job, JobState, Lane
from annotator.jobs.sweeper import MAX_ATTEMPTS, sweep
from annotator.jobs.worker import drain_lane
from tests.annotator.jobs.conftest import Request
from tests.annotator.jobs.work import CALLS

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(hours=1)


@pytest.fixture
def wakeups(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lanes that the sweeper called."""
    called: list[str] = []
    monkeypatch.setattr(sweeper, "send_wakeup", called.append)
    return called


def _claimed_by_a_dead_worker() -> JobClaim:
    claim = claim_next_job(Lane.COMPUTE)
    assert claim is not None
    Job.objects.filter(pk=claim.job.pk).update(heartbeat_at=timezone.now() - LONG_AGO)
    return claim


def test_the_job_of_a_dead_worker_is_run_again_and_finished_once(
    request_work: Request, wakeups: list[str]
) -> None:
    job = request_work()
    lost = _claimed_by_a_dead_worker()
    assert sweep() == 1
    assert wakeups == [Lane.COMPUTE]
    drain_lane(Lane.COMPUTE)
    assert not finish_succeeded(lost, result={"from": "the dead"})
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.SUCCEEDED, 2)
    outcomes = list(job.attempt_history.order_by("id").values_list("outcome", flat=True))
    assert outcomes == [AttemptOutcome.LOST, AttemptOutcome.SUCCEEDED]


def test_a_job_whose_heart_beats_is_left_alone(request_work: Request) -> None:
    request_work()
    claim_next_job(Lane.COMPUTE)
    assert sweep() == 0


def test_several_sweepers_recover_a_job_once(request_work: Request) -> None:
    request_work()
    _claimed_by_a_dead_worker()
    assert [sweep(), sweep()] == [1, 0]


def test_a_job_that_kills_its_workers_is_given_up_with_a_sentence(request_work: Request) -> None:
    job = request_work()
    for _ in range(MAX_ATTEMPTS):
        _claimed_by_a_dead_worker()
        sweep()
    job.refresh_from_db()
    assert (job.state, job.error_code) == (JobState.FAILED, "job_crashed")
    assert f"died {MAX_ATTEMPTS} times" in job.error_message
    assert CALLS == []


def test_a_cancelled_job_of_a_dead_worker_is_not_run_again(request_work: Request) -> None:
    job = request_work()
    claim = _claimed_by_a_dead_worker()
    Job.objects.filter(pk=claim.job.pk).update(cancel_requested=True)
    sweep()
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_a_job_whose_message_got_lost_is_called_for_again(request_work: Request, wakeups: list[str]) -> None:
    job = request_work("count_io")
    sweep()
    assert wakeups == [], "it has only just been called for"
    Job.objects.filter(pk=job.pk).update(woken_at=timezone.now() - LONG_AGO)
    sweep()
    sweep()
    assert wakeups == [Lane.IO], "one call, however many sweepers there are"


def test_the_command_sweeps_by_hand(request_work: Request, capsys: pytest.CaptureFixture[str]) -> None:
    request_work()
    _claimed_by_a_dead_worker()
    call_command("sweep_jobs")
    assert "1 job(s) taken from workers that are dead." in capsys.readouterr().out
