"""How a mask came to be, as the client tells it: checked in shape and size, kept as JSON."""

import json
from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from annotator.common.fields import FiniteFloatField

POINT_LABELS = [(0, "background"), (1, "foreground")]
MAX_POINTS = 1000
MAX_BYTES = 64 * 1024


class ProvenancePoint(serializers.Serializer[Any]):
    """A prompt point: image point and label."""

    x = FiniteFloatField()
    y = FiniteFloatField()
    label = serializers.ChoiceField(choices=POINT_LABELS)  # type: ignore[assignment]


class Provenance(serializers.Serializer[Any]):
    """All optional; nothing else is taken."""

    segmenter = serializers.CharField(required=False, max_length=100)
    checkpoint_sha256 = serializers.RegexField(r"^[0-9a-f]{64}$", required=False)
    points = serializers.ListField(child=ProvenancePoint(), required=False, max_length=MAX_POINTS)
    box_xyxy = serializers.ListField(
        child=FiniteFloatField(),
        required=False,
        min_length=4,
        max_length=4,
        help_text="Prompt box, image points",
    )
    predicted_iou = FiniteFloatField(required=False)
    stability_score = FiniteFloatField(required=False, min_value=0, max_value=1)
    mean_logit = FiniteFloatField(required=False)
    candidate = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=100,
        help_text="Which candidate was taken; 0 is the best predicted",
    )
    seconds = FiniteFloatField(required=False, help_text="Spent on this mask by the annotator")

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := sorted(set(data) - set(self.fields))):
            raise serializers.ValidationError(
                {str(unknown[0]): "This is not a part of provenance. Leave it out."}
            )
        return super().to_internal_value(data)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(json.dumps(attrs)) > MAX_BYTES:
            raise serializers.ValidationError(
                f"This is longer than {MAX_BYTES} bytes of JSON. Send less of it."
            )
        return attrs
