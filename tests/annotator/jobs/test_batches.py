"""Several jobs at once: who goes along with whom, and that each ends on its own."""

import pytest

from annotator.common.errors import Invalid
from annotator.jobs.actions import cancel_job
from annotator.jobs.batches import JobBatch
from annotator.jobs.models import AttemptOutcome, Job, JobState, Lane, Urgency
from annotator.jobs.registry import BatchedJobKind, register_kind
from annotator.jobs.runs import worker_is_stopping
from annotator.jobs.worker import drain_lane
from annotator.projects.models import Project
from tests.annotator.jobs.conftest import Request

pytestmark = pytest.mark.django_db

LIMIT = 3
BATCHES: list[list[int]] = []  # ids of the jobs that ran together


def run_together(batch: JobBatch) -> None:
    runs = [batch.first, *batch.take_more(LIMIT - 1)]
    BATCHES.append([run.job.pk for run in runs])
    for run in runs:
        with batch.on_its_own(run):
            run.check()
            if run.params.get("fails"):
                raise Invalid("This picture is upside down. Turn it.")
            batch.succeed(run, {"together": len(runs)})


def break_down(batch: JobBatch) -> None:
    runs = [batch.first, *batch.take_more(LIMIT - 1)]
    batch.succeed(runs[0], {})
    raise ZeroDivisionError("secret detail")


def be_told_to_stop(batch: JobBatch) -> None:
    runs = [batch.first, *batch.take_more(LIMIT - 1)]
    worker_is_stopping.set()
    for run in runs:
        with batch.on_its_own(run):
            run.check()


def hesitate(batch: JobBatch) -> None:
    """Takes jobs along, and gives them back at once because somebody came to wait."""
    taken = batch.take_more(LIMIT - 1)
    if taken:
        Job.objects.filter(pk=taken[-1].job.pk).update(params={"seen": True})
        batch.give_back(taken)
    BATCHES.append([batch.first.job.pk])
    batch.succeed(batch.first, {})


@pytest.fixture(autouse=True)
def _batched_kinds(_kinds: None) -> None:
    for name in ("run_together", "break_down", "be_told_to_stop", "hesitate"):
        register_kind(BatchedJobKind(name, Lane.COMPUTE, f"{__name__}:{name}"))
    BATCHES.clear()


def _states(jobs: list[Job]) -> list[str]:
    return [Job.objects.get(pk=job.pk).state for job in jobs]


def test_jobs_alike_run_together_up_to_the_limit_oldest_first(request_work: Request) -> None:
    jobs = [request_work("run_together") for _ in range(LIMIT + 2)]
    drain_lane(Lane.COMPUTE)
    ids = [job.pk for job in jobs]
    assert [ids[:LIMIT], ids[LIMIT:]] == BATCHES
    assert _states(jobs) == [JobState.SUCCEEDED] * len(jobs)


def test_urgent_jobs_go_together_and_first(request_work: Request) -> None:
    waiting = [request_work("run_together") for _ in range(2)]
    urgent = [request_work("run_together", urgency=Urgency.INTERACTIVE) for _ in range(2)]
    drain_lane(Lane.COMPUTE)
    assert [[job.pk for job in urgent], [job.pk for job in waiting]] == BATCHES


def test_a_failing_job_and_a_cancelled_one_do_not_touch_the_others(request_work: Request) -> None:
    good, bad, unwanted = request_work("run_together"), request_work("run_together", fails=1), None
    unwanted = request_work("run_together")
    Job.objects.filter(pk=unwanted.pk).update(cancel_requested=True)
    drain_lane(Lane.COMPUTE)
    assert _states([good, bad, unwanted]) == [JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED]
    assert Job.objects.get(pk=bad.pk).error_message == "This picture is upside down. Turn it."
    assert Job.objects.get(pk=good.pk).result == {"together": 3}


def test_a_job_cancelled_while_it_waits_is_not_taken_along(request_work: Request) -> None:
    first, cancelled = request_work("run_together"), request_work("run_together")
    cancel_job(cancelled)
    drain_lane(Lane.COMPUTE)
    assert [[first.pk]] == BATCHES


def test_what_breaks_down_ends_those_that_have_not_ended(request_work: Request) -> None:
    jobs = [request_work("break_down") for _ in range(LIMIT)]
    drain_lane(Lane.COMPUTE)
    assert _states(jobs) == [JobState.SUCCEEDED, JobState.FAILED, JobState.FAILED]
    assert "secret" not in Job.objects.get(pk=jobs[1].pk).error_message


def test_a_stopping_worker_gives_all_of_them_back(request_work: Request) -> None:
    jobs = [request_work("be_told_to_stop") for _ in range(LIMIT)]
    drain_lane(Lane.COMPUTE)
    assert _states(jobs) == [JobState.QUEUED] * LIMIT
    assert [Job.objects.get(pk=job.pk).attempts for job in jobs] == [0] * LIMIT


def test_jobs_that_are_given_back_run_later_as_if_untouched(request_work: Request) -> None:
    jobs = [request_work("hesitate") for _ in range(LIMIT)]
    drain_lane(Lane.COMPUTE)
    assert [[job.pk] for job in jobs] == BATCHES
    last = Job.objects.get(pk=jobs[-1].pk)
    outcomes = list(last.attempt_history.order_by("id").values_list("outcome", flat=True))
    assert last.attempts == 1
    assert outcomes == [AttemptOutcome.INTERRUPTED, AttemptOutcome.INTERRUPTED, AttemptOutcome.SUCCEEDED]


def test_a_job_that_lost_its_worker_runs_alone_from_then_on(request_work: Request) -> None:
    """What kills workers must not take others with it three times."""
    suspect, *others = [request_work("run_together") for _ in range(3)]
    Job.objects.filter(pk=suspect.pk).update(attempts=1)
    drain_lane(Lane.COMPUTE)
    assert [[suspect.pk], [job.pk for job in others]] == BATCHES


def test_nobody_is_taken_along_while_somebody_waits(request_work: Request, project: Project) -> None:
    from annotator.jobs.claims import claim_next_job

    first, second = request_work("run_together"), request_work("run_together")
    claim = claim_next_job(Lane.COMPUTE)
    assert claim is not None
    batch = JobBatch(claim)
    assert not batch.must_make_way()
    request_work("run_together", urgency=Urgency.INTERACTIVE)
    assert batch.must_make_way()
    assert batch.take_more(2) == []
    assert _states([first, second]) == [JobState.RUNNING, JobState.QUEUED]
