"""Shapes of answers about embeddings, as JSON."""

from typing import Any

from rest_framework import serializers

from annotator.jobs.serializers import JobOutput


class EmbeddingPendingOutput(serializers.Serializer[Any]):
    """Ask again after `Retry-After` seconds, or watch the job."""

    job = JobOutput()


class EmbeddingQuery(serializers.Serializer[Any]):
    key = serializers.RegexField(
        r"^[0-9a-f]{64}$", required=False, help_text="From embedding.url: the answer may be kept for ever."
    )


class RegionQuery(serializers.Serializer[Any]):
    """In whole pixels of the image as shown."""

    x = serializers.IntegerField(min_value=0)
    y = serializers.IntegerField(min_value=0)
    width = serializers.IntegerField(min_value=1)
    height = serializers.IntegerField(min_value=1)
