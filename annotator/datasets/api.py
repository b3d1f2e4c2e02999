"""Ask for exports and download them."""

from typing import Any

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.accounts.access import signed_in_user
from annotator.common.api import parse
from annotator.common.files import FileView
from annotator.datasets.actions import EXPORT_COCO, request_export
from annotator.datasets.errors import ExportNotFound
from annotator.datasets.exporting import export_path
from annotator.jobs.access import access_job
from annotator.jobs.models import Job, JobState
from annotator.jobs.serializers import JobOutput
from annotator.projects.access import access_project
from annotator.projects.roles import Role


class ExportInput(serializers.Serializer[Any]):
    format = serializers.ChoiceField(choices=[("coco", "COCO instances, masks as compressed RLE")])


class ProjectExportsView(APIView):
    @extend_schema(operation_id="exports_create", request=ExportInput, responses={202: JobOutput})
    def post(self, request: Request, project_id: int) -> Response:
        """Export a project as a zip file: watch the job, then load its `result_url`."""
        parse(ExportInput, request)
        project = access_project(request.user, project_id, min_role=Role.ANNOTATOR)
        job = request_export(project, user=signed_in_user(request))
        return Response(JobOutput(job).data, status=202)


class ExportDownloadView(FileView):
    @extend_schema(operation_id="exports_download", responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def get(self, request: Request, job_id: int) -> HttpResponseBase:
        """The zip file of a finished export: `annotations.json` and `images/`."""
        job = access_job(request.user, job_id)
        path = export_path(job.pk)
        if job.kind != EXPORT_COCO or job.state != JobState.SUCCEEDED or not path.exists():
            raise ExportNotFound
        response = FileResponse(
            path.open("rb"), content_type="application/zip", as_attachment=True, filename=_download_name(job)
        )
        response.headers["Cache-Control"] = "private, no-store"
        return response


def _download_name(job: Job) -> str:
    return f"{slugify(job.project.name) or 'project'}-coco.zip"
