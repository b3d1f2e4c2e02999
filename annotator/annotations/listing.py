"""Rows of a list of annotations, in the shape of `AnnotationOutput`.

An image may have thousands, and its page waits for all of them: a model instance and a serializer for each
row take four times as long as the query and this together.
"""

from typing import Any

from annotator.annotations.models import AnnotationQuerySet
from annotator.projects.attributes import fitting_values

SAME = ("area", "bbox_xywh", "version", "source", "provenance", "locked", "position")
COLUMNS = (
    "pk",
    "image_id",
    "category_id",
    "rle_counts",
    "attributes",
    *SAME,
    "created_at",
    "updated_at",
    "image__height",
    "image__width",
    "category__attributes",
    "author__username",
)


def listed_columns(annotations: AnnotationQuerySet) -> Any:
    """Live annotations as named tuples of what `listed_annotation` needs."""
    return annotations.values_list(*COLUMNS, named=True)


def listed_annotation(row: Any) -> dict[str, Any]:
    """What `AnnotationOutput` makes of the annotation; times and ids are turned into text with the JSON."""
    return {
        "id": str(row.pk),
        "image": row.image_id,
        "category": row.category_id,
        "rle": {"size": [row.image__height, row.image__width], "counts": row.rle_counts},
        **{name: getattr(row, name) for name in SAME},
        "author": row.author__username,
        "attributes": fitting_values(row.category__attributes, row.attributes),
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }
