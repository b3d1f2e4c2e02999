"""Who may see and steer a job: the members of its project."""

from annotator.jobs.errors import JobNotFound
from annotator.jobs.models import Job
from annotator.projects.access import Requester, check_role, find_role
from annotator.projects.roles import Role


def access_job(user: Requester, job_id: int, *, min_role: Role = Role.VIEWER) -> Job:
    """The job, if `user` is a member of its project with at least `min_role`; raises if not."""
    job = Job.objects.select_related("project").filter(id=job_id).first()
    role = None if job is None else find_role(user, job.project_id)
    if job is None or role is None:
        raise JobNotFound
    check_role(role, min_role=min_role)
    return job
