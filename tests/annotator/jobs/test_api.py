"""The routes of jobs, and who may use them."""

import pytest

from annotator.accounts.models import User
from annotator.jobs.models import Lane
from annotator.jobs.worker import drain_lane
from annotator.projects.models import Project
from tests.annotator.conftest import ClientOf
from tests.annotator.jobs.conftest import Request

pytestmark = pytest.mark.django_db


def test_a_viewer_watches_a_job_to_its_result(api: ClientOf, viewer: User, request_work: Request) -> None:
    job = request_work(steps=2)
    url = f"/api/v1/jobs/{job.pk}/"
    before = api(viewer).get(url).json()
    drain_lane(Lane.COMPUTE)
    after = api(viewer).get(url).json()
    assert (before["state"], before["result_url"], before["finished_at"]) == ("queued", None, None)
    assert after | {"created_at": "", "finished_at": ""} == {
        "id": job.pk,
        "kind": "count",
        "state": "succeeded",
        "done": 2,
        "total": 2,
        "message": "Step 2",
        "error": None,
        "result_url": f"/results/{job.pk}/",
        "created_at": "",
        "finished_at": "",
    }


def test_a_failed_job_shows_its_error(api: ClientOf, viewer: User, request_work: Request) -> None:
    job = request_work("fail_on_purpose")
    drain_lane(Lane.COMPUTE)
    shown = api(viewer).get(f"/api/v1/jobs/{job.pk}/").json()
    assert shown["state"] == "failed"
    assert shown["error"]["message"].startswith("The picture is upside down.")


def test_the_list_shows_the_newest_first_and_only_active_ones_when_asked(
    api: ClientOf, viewer: User, project: Project, request_work: Request
) -> None:
    done = request_work()
    drain_lane(Lane.COMPUTE)
    waiting = request_work()
    url = f"/api/v1/projects/{project.pk}/jobs/"
    assert [row["id"] for row in api(viewer).get(url).json()["results"]] == [waiting.pk, done.pk]
    assert [row["id"] for row in api(viewer).get(url, {"active": "1"}).json()["results"]] == [waiting.pk]


@pytest.mark.parametrize("path", ["", "cancel/", "retry/"])
def test_a_stranger_finds_no_job(api: ClientOf, stranger: User, request_work: Request, path: str) -> None:
    client = api(stranger)
    url = f"/api/v1/jobs/{request_work().pk}/{path}"
    answer = client.post(url) if path else client.get(url)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_stranger_finds_no_list_of_jobs(api: ClientOf, stranger: User, project: Project) -> None:
    assert api(stranger).get(f"/api/v1/projects/{project.pk}/jobs/").status_code == 404


@pytest.mark.parametrize("path", ["cancel/", "retry/"])
def test_a_viewer_may_not_steer_a_job(api: ClientOf, viewer: User, request_work: Request, path: str) -> None:
    answer = api(viewer).post(f"/api/v1/jobs/{request_work().pk}/{path}")
    assert (answer.status_code, answer.json()["code"]) == (403, "role_too_low")


def test_an_annotator_cancels_and_retries(api: ClientOf, annotator: User, request_work: Request) -> None:
    job, client = request_work(), api(annotator)
    assert client.post(f"/api/v1/jobs/{job.pk}/cancel/").json()["state"] == "cancelled"
    assert client.post(f"/api/v1/jobs/{job.pk}/retry/").json()["state"] == "queued"
    again = client.post(f"/api/v1/jobs/{job.pk}/retry/")
    assert (again.status_code, again.json()["code"]) == (409, "job_not_retryable")
