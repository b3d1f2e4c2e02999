"""Kinds of job whose functions are in `work.py`."""

from collections.abc import Callable, Iterator

import pytest

from annotator.jobs.actions import request_job
from annotator.jobs.models import Job, Lane, Urgency
from annotator.jobs.registry import _KINDS, JobKind, register_kind
from annotator.jobs.runs import worker_is_stopping
from annotator.projects.models import Project
from tests.annotator.jobs import work

Request = Callable[..., Job]


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    before = dict(_KINDS)
    for name in (
        "count",
        "fail_on_purpose",
        "fail_unexpectedly",
        "find_nothing_to_do",
        "be_cancelled_midway",
        "lose_the_claim",
        "finish_without_noticing",
        "be_told_to_stop",
    ):
        register_kind(JobKind(name, Lane.COMPUTE, f"{work.__name__}:{name}"))
    for lane in Lane:
        register_kind(JobKind(f"meet_{lane}", lane, f"{work.__name__}:meet"))
    register_kind(JobKind("count_io", Lane.IO, f"{work.__name__}:count"))
    work.CALLS.clear()
    yield
    _KINDS.clear()
    _KINDS.update(before)
    worker_is_stopping.clear()


@pytest.fixture
def request_work(project: Project) -> Request:
    """`request_work("count", steps=3)`: a queued job."""

    def request(kind: str = "count", *, urgency: Urgency = Urgency.BATCH, **params: int) -> Job:
        return request_job(kind, project=project, user=None, params=params, urgency=urgency)

    return request
