"""The scores of the candidate that became an annotation: columns, so that they can be asked for."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rest_framework import serializers

from annotator.common.fields import FiniteFloatField

if TYPE_CHECKING:
    from annotator.annotations.models import Annotation, AnnotationQuerySet

# Each is a key of provenance and a column of Annotation.
SCORES = ("predicted_iou", "stability_score", "mean_logit")


def fill_scores(annotation: "Annotation") -> None:
    """Copy the scores from the provenance; what it does not tell is unknown (null)."""
    for name in SCORES:
        setattr(annotation, name, annotation.provenance.get(name))


class ScoreQuery(serializers.Serializer[Any]):
    """Bounds are inclusive. An annotation without the score, drawn by hand say, is in no range of it."""

    predicted_iou_min = FiniteFloatField(required=False)
    predicted_iou_max = FiniteFloatField(required=False)
    stability_score_min = FiniteFloatField(required=False)
    stability_score_max = FiniteFloatField(required=False)
    mean_logit_min = FiniteFloatField(required=False)
    mean_logit_max = FiniteFloatField(required=False)


def in_score_ranges(annotations: "AnnotationQuerySet", query: Mapping[str, Any]) -> "AnnotationQuerySet":
    """Only the annotations whose scores lie in the ranges of a validated ScoreQuery."""
    bounds = {
        f"{name}__{lookup}": query[f"{name}_{bound}"]
        for name in SCORES
        for bound, lookup in (("min", "gte"), ("max", "lte"))
        if f"{name}_{bound}" in query
    }
    return annotations.filter(**bounds)
