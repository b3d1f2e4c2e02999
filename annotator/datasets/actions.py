"""Ask for exports."""

from annotator.accounts.models import User
from annotator.jobs.actions import request_job
from annotator.jobs.models import Job, Urgency
from annotator.projects.models import Project

EXPORT_COCO = "export_coco"


def request_export(project: Project, *, user: User) -> Job:
    """Queue a COCO export. A person waits for it, so it is interactive within its lane."""
    return request_job(EXPORT_COCO, project=project, user=user, params={}, urgency=Urgency.INTERACTIVE)
