"""Shapes of answers about segmenters, as JSON."""

from typing import Any

from rest_framework import serializers


class SegmenterOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    family = serializers.CharField()
    title = serializers.CharField()
    variant = serializers.CharField(allow_null=True)
    parameters = serializers.IntegerField(allow_null=True)
    input_size = serializers.IntegerField(allow_null=True, help_text="Pixels, the image's longest side.")
    embedding_bytes = serializers.IntegerField(allow_null=True, help_text="Of a square image, on the wire.")
    licence = serializers.CharField(allow_null=True)
    exported = serializers.BooleanField(help_text="Whether projects can have it.")


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


class CloserLookOutput(serializers.Serializer[Any]):
    from_point = serializers.IntegerField()
    margin = serializers.FloatField()


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
    closer_look = CloserLookOutput(required=False, allow_null=True)
    embedding = EmbeddingTensorOutput(many=True)
    graphs = GraphsOutput()
