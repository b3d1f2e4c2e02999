"""Reads over images and what belongs to them.

The annotations app stands above this one: it is met by the name of its relation only.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db import models
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery

from annotator.images.embedding_port import EmbeddingState, embeddings
from annotator.images.models import Image

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Counted(TypedDict):
        annotation_count: int

    CountedImage = WithAnnotations[Image, Counted]


class ImageState(models.TextChoices):
    NEW = "new", "No annotation"
    ANNOTATED = "annotated", "At least one annotation"


def images_with_details() -> "QuerySet[CountedImage]":
    """Images with `annotation_count`, their project and embedding, in one query.

    The count is a subquery, so that a page of a large project counts for its own rows only.
    """
    same_image = Image.objects.filter(pk=OuterRef("pk"))
    count = same_image.annotate(n=Count("annotations", filter=Q(annotations__deleted_at=None))).values("n")
    rows = Image.objects.select_related("project").annotate(
        annotation_count=Subquery(count, output_field=IntegerField())
    )
    return embeddings().joined(rows)


def filter_images(
    images: "QuerySet[CountedImage]",
    *,
    state: ImageState | None = None,
    embedding: EmbeddingState | None = None,
    search: str = "",
    **score_bounds: float,
) -> "QuerySet[CountedImage]":
    """Only the images that are as asked; what is left out does not matter.

    `score_bounds`: `predicted_iou_max`, `stability_score_max`, `mean_logit_max`. Images with an annotation
    whose scores are all at most these: where a second look pays.
    """
    if state:
        images = _in_state(images, state)
    if embedding:
        images = embeddings().in_state(images, embedding)
    if score_bounds:
        images = images.filter(_has_annotation_within(score_bounds))
    return images.filter(filename__icontains=search) if search else images


def _in_state(images: "QuerySet[CountedImage]", state: ImageState) -> "QuerySet[CountedImage]":
    annotated = Exists(
        Image.objects.filter(pk=OuterRef("pk"), annotations__isnull=False, annotations__deleted_at=None)
    )
    return images.filter(annotated if state == ImageState.ANNOTATED else ~annotated)


def _has_annotation_within(score_bounds: dict[str, float]) -> Exists:
    bounds = {
        f"annotations__{bound.removesuffix('_max')}__lte": value for bound, value in score_bounds.items()
    }
    return Exists(Image.objects.filter(pk=OuterRef("pk"), annotations__deleted_at=None, **bounds))


@dataclass(frozen=True)
class Neighbours:
    """Where an image stands in its project, in the order of upload."""

    previous: int | None
    next: int | None
    position: int  # from 1
    total: int


def neighbours_of(image: Image) -> Neighbours:
    siblings = Image.objects.filter(project_id=image.project_id)
    before = siblings.filter(id__lt=image.id)
    after = siblings.filter(id__gt=image.id)
    return Neighbours(
        previous=before.order_by("-id").values_list("id", flat=True).first(),
        next=after.order_by("id").values_list("id", flat=True).first(),
        position=before.count() + 1,
        total=siblings.count(),
    )
