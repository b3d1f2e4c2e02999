"""Shapes of projects and categories, as JSON."""

from typing import Any

from rest_framework import serializers

from annotator.projects.attributes import AttributeDefinitions
from annotator.projects.models import CATEGORY_NAME_LENGTH, NAME_LENGTH, SEGMENTER_LENGTH, OverlapPolicy
from annotator.projects.roles import Role


class ProjectInput(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=NAME_LENGTH)


class ProjectChangeInput(serializers.Serializer[Any]):
    """What is left out stays."""

    name = serializers.CharField(max_length=NAME_LENGTH, required=False)
    segmenter = serializers.CharField(
        max_length=SEGMENTER_LENGTH,
        required=False,
        help_text="Another one: all images are embedded anew in the background.",
    )
    overlap_policy = serializers.ChoiceField(
        choices=OverlapPolicy.choices,
        required=False,
        help_text="For masks that are made from now on. Exports of take and yield have no overlaps at all: "
        "where stored masks overlap, the one on top keeps the pixels.",
    )


class ProjectOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.choices, help_text="What you may do in it.")
    segmenter = serializers.CharField()
    overlap_policy = serializers.ChoiceField(choices=OverlapPolicy.choices)
    image_count = serializers.IntegerField()
    embedded_count = serializers.IntegerField(help_text="Images whose embedding of this segmenter is ready.")
    annotation_count = serializers.IntegerField()
    created_at = serializers.DateTimeField()


class ColorField(serializers.RegexField):
    """ "#rrggbb", stored in lower case."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^#[0-9a-fA-F]{6}$", **kwargs)
        self.error_messages["invalid"] = "Write the color as #rrggbb, for example #4477aa."

    def to_internal_value(self, data: Any) -> str:
        return super().to_internal_value(data).lower()


class CategoryInput(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=CATEGORY_NAME_LENGTH)
    color = ColorField(required=False, help_text="#rrggbb; picked from a palette if left out")
    attributes = AttributeDefinitions(required=False, help_text="What is asked of each annotation")


class CategoryChangeInput(serializers.Serializer[Any]):
    """What is left out stays."""

    name = serializers.CharField(max_length=CATEGORY_NAME_LENGTH, required=False)
    color = ColorField(required=False)
    attributes = AttributeDefinitions(
        required=False,
        help_text="All of them. Values that no longer fit are kept, but neither shown nor exported.",
    )


class CategoryOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    color = serializers.CharField()
    position = serializers.IntegerField()
    attributes = AttributeDefinitions()
