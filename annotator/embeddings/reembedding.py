"""A project gets another segmenter: its images are embedded anew while people go on with what is there."""

from typing import Any

from annotator.accounts.models import User
from annotator.embeddings.actions import request_embeddings
from annotator.images.models import Image
from annotator.jobs.actions import request_job
from annotator.jobs.runs import JobCancelled, JobRun
from annotator.projects.models import Project
from annotator.segmenters.selectors import check_usable

REEMBED_PROJECT = "reembed_project"
IMAGES_AT_ONCE = 200


class ProjectSegmenters:
    """Plugged into the projects app; see SegmenterPort there."""

    def check_usable(self, name: str) -> None:
        check_usable(name)

    def changed(self, project: Project, *, user: User | None) -> None:
        params = {"segmenter": project.segmenter}
        total = Image.objects.filter(project=project).count()
        request_job(REEMBED_PROJECT, project=project, user=user, params=params, total=total)


def reembed_project(run: JobRun) -> dict[str, Any]:
    """Job `reembed_project` {segmenter}: a batch job for each image that lacks its embedding.

    It only queues them: an image that somebody opens then passes the others, and one that fails fails alone.
    """
    project = run.job.project
    images = Image.objects.filter(project=project).order_by("pk")
    total, done, queued, last = images.count(), 0, 0, 0
    while page := list(images.filter(pk__gt=last)[:IMAGES_AT_ONCE]):
        project.refresh_from_db()
        if project.segmenter != run.params["segmenter"]:
            raise JobCancelled("The project was given another segmenter meanwhile.")
        for image in page:
            image.project = project
        queued += request_embeddings(page, project=project, user=run.job.created_by)
        last, done = page[-1].pk, done + len(page)
        run.report(done=done, total=max(total, done), message=f"{queued} images wait for their embedding")
    return {"queued": queued}
