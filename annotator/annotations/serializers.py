"""Shapes of annotations, as JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotator.annotations.models import Annotation, Source
from annotator.annotations.provenance import Provenance
from annotator.annotations.scores import ScoreQuery
from annotator.common.fields import FiniteFloatField

MAX_ID = 2**63 - 1  # what the database can hold
MAX_VERSION = 2**31 - 1


class CocoRle(serializers.Serializer[Any]):
    """COCO compressed RLE of the image as shown, column-major."""

    size = serializers.ListField(
        child=serializers.IntegerField(), min_length=2, max_length=2, help_text="[height, width]"
    )
    counts = serializers.CharField()


@extend_schema_field(
    {
        "type": "object",
        "additionalProperties": {"oneOf": [{"type": "string"}, {"type": "number"}, {"type": "boolean"}]},
    }
)
class AttributeValuesField(serializers.DictField):
    """Values by name. Whether they fit is asked of the category (`annotations/attributes.py`)."""


class AnnotationOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    image = serializers.IntegerField(source="image_id")
    category = serializers.IntegerField(source="category_id")
    rle = CocoRle()
    area = serializers.IntegerField(help_text="Foreground pixels")
    bbox_xywh = serializers.ListField(child=serializers.IntegerField(), min_length=4, max_length=4)
    version = serializers.IntegerField()
    source = serializers.ChoiceField(choices=Source.choices)  # type: ignore[assignment]  # part of the contract
    author = serializers.SerializerMethodField()
    provenance = Provenance()
    attributes = AttributeValuesField(source="shown_attributes", help_text="Those that fit the category now")
    locked = serializers.BooleanField(help_text="The page neither changes nor deletes it until unlocked.")
    position = serializers.FloatField(help_text="In the drawing order: higher lies on top, equal ones by id.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    def get_author(self, annotation: Annotation) -> str | None:
        """Username of whoever made the first version; null when the account is gone."""
        return annotation.author.username if annotation.author else None


class CurrentAnnotation(AnnotationOutput):
    """An annotation that may be deleted; its category is null if that was deleted too."""

    category = serializers.IntegerField(source="category_id", allow_null=True)
    deleted = serializers.SerializerMethodField()

    def get_deleted(self, annotation: Annotation) -> bool:
        return annotation.deleted_at is not None


class StaleVersionData(serializers.Serializer[Any]):
    current = CurrentAnnotation()


class StaleVersionOutput(serializers.Serializer[Any]):
    """The 409 of a write over a version that the writer has not seen."""

    code = serializers.CharField()
    message = serializers.CharField()
    data = StaleVersionData()  # type: ignore[assignment]  # part of the contract


@extend_schema_field(CocoRle)
class RleField(serializers.JSONField):
    """Taken as it comes: the codec checks it against the image, and says best what is wrong."""


class AnnotationInput(serializers.Serializer[Any]):
    """The whole annotation. Source and provenance, if left out, stay as long as the mask stays."""

    image = serializers.IntegerField(min_value=1, max_value=MAX_ID)
    category = serializers.IntegerField(min_value=1, max_value=MAX_ID)
    rle = RleField()
    version = serializers.IntegerField(
        min_value=0,
        max_value=MAX_VERSION,
        required=False,
        allow_null=True,
        help_text="The version this is based on; none for a new one",
    )
    source = serializers.ChoiceField(choices=Source.choices, required=False)  # type: ignore[assignment]
    provenance = Provenance(required=False)
    attributes = AttributeValuesField(required=False, help_text="Left out: they stay as far as they fit.")
    locked = serializers.BooleanField(required=False, help_text="Left out: it stays; a new one is unlocked.")
    position = FiniteFloatField(required=False, help_text="Left out: it stays; a new one comes on top.")


class AnnotationListQuery(ScoreQuery):
    category = serializers.IntegerField(min_value=1, max_value=MAX_ID, required=False)
    source = serializers.ChoiceField(choices=Source.choices, required=False)  # type: ignore[assignment]


class DeleteQuery(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=1, max_value=MAX_VERSION, required=False)


class DeletedOutput(serializers.Serializer[Any]):
    """A PUT with this version brings the annotation back."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    deleted = serializers.BooleanField()
