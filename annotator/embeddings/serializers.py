"""Shapes of answers about embeddings and segmenters, as JSON."""

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


class GraphOutput(serializers.Serializer[Any]):
    file = serializers.CharField()
    sha256 = serializers.CharField()
    bytes = serializers.IntegerField()
    inputs = serializers.ListField(child=serializers.CharField())
    outputs = serializers.ListField(child=serializers.CharField())
    url = serializers.CharField()


class GraphsOutput(serializers.Serializer[Any]):
    prefill = GraphOutput()
    decode = GraphOutput()
    refine = GraphOutput(required=False)


class ManifestInputOutput(serializers.Serializer[Any]):
    resize = serializers.CharField()
    size = serializers.IntegerField()
    multiple = serializers.IntegerField()


class EmbeddingTensorOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    dtype = serializers.CharField()
    dims = serializers.ListField()


class ManifestOutput(serializers.Serializer[Any]):
    """The decoder manifest: see ARCHITECTURE.md, Decoder manifest."""

    format = serializers.IntegerField()
    segmenter = serializers.CharField()
    family = serializers.CharField()
    checkpoint_sha256 = serializers.CharField()
    input = ManifestInputOutput()
    mask_stride = serializers.IntegerField()
    mask_threshold = serializers.FloatField()
    candidates = serializers.IntegerField()
    embedding = EmbeddingTensorOutput(many=True)
    graphs = GraphsOutput()
