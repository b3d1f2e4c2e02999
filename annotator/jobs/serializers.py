"""The shape of a job on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotator.jobs.models import Job, JobState


class JobErrorOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField()


class JobOutput(serializers.ModelSerializer[Job]):
    state = serializers.ChoiceField(choices=JobState.choices)
    error = serializers.SerializerMethodField()
    result_url = serializers.SerializerMethodField()

    class Meta:
        model = Job
        fields = (
            "id",
            "kind",
            "state",
            "done",
            "total",
            "message",
            "error",
            "result_url",
            "created_at",
            "finished_at",
        )
        read_only_fields = fields

    @extend_schema_field(JobErrorOutput(allow_null=True))
    def get_error(self, job: Job) -> dict[str, Any] | None:
        return job.error()

    def get_result_url(self, job: Job) -> str | None:
        return job.result.get("url") if job.state == JobState.SUCCEEDED else None


class JobListQuery(serializers.Serializer[Any]):
    active = serializers.BooleanField(
        required=False, default=False, help_text="Only queued and running jobs."
    )
