"""Watch, cancel and retry jobs."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.common.api import parse_query
from annotator.common.pagination import paginate
from annotator.common.schema import PAGE_PARAMETERS, page_of
from annotator.jobs.access import access_job
from annotator.jobs.actions import cancel_job, retry_job
from annotator.jobs.serializers import JobListQuery, JobOutput
from annotator.projects.access import access_project
from annotator.projects.roles import Role


class ProjectJobsView(APIView):
    @extend_schema(
        operation_id="jobs_list", parameters=[JobListQuery, *PAGE_PARAMETERS], responses=page_of(JobOutput)
    )
    def get(self, request: Request, project_id: int) -> Response:
        """The jobs of a project, newest first."""
        query = parse_query(JobListQuery, request)
        jobs = access_project(request.user, project_id).jobs.all()
        if query["active"]:
            jobs = jobs.active()
        return paginate(
            jobs, request, order_by=["-id"], serialize=lambda page: JobOutput(page, many=True).data
        )


class JobView(APIView):
    @extend_schema(operation_id="jobs_get", responses=JobOutput)
    def get(self, request: Request, job_id: int) -> Response:
        """How far a job is, and where its result is once it succeeded."""
        return Response(JobOutput(access_job(request.user, job_id)).data)


class CancelJobView(APIView):
    @extend_schema(operation_id="jobs_cancel", request=None, responses=JobOutput)
    def post(self, request: Request, job_id: int) -> Response:
        """End a waiting job, ask a running one to stop. A finished job stays as it is."""
        job = access_job(request.user, job_id, min_role=Role.ANNOTATOR)
        cancel_job(job)
        return Response(JobOutput(job).data)


class RetryJobView(APIView):
    @extend_schema(operation_id="jobs_retry", request=None, responses=JobOutput)
    def post(self, request: Request, job_id: int) -> Response:
        """Queue a failed or cancelled job again."""
        job = access_job(request.user, job_id, min_role=Role.ANNOTATOR)
        retry_job(job)
        return Response(JobOutput(job).data)
