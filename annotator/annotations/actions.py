"""Writes to annotations. Each makes one version and its history entry, or nothing at all."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from annotator.accounts.models import User
from annotator.annotations.access import check_id_is_free_for
from annotator.annotations.errors import OnOtherImage, PlaceVanished, StaleVersion
from annotator.annotations.models import Annotation, AnnotationHistory, Change, Source
from annotator.annotations.scores import fill_scores
from annotator.images.models import Image
from annotator.projects.attributes import AttributeValues
from annotator.projects.models import Category
from segmentation.masks import Rle


@dataclass(frozen=True)
class Content:
    """What a PUT says an annotation should be. The category is one of the image's project."""

    image: Image
    category: Category
    rle: Rle  # canonical, of the image's size
    source: Source | None = None  # None: keep, as long as the mask stays
    provenance: dict[str, Any] | None = None  # None: keep, as long as the mask stays
    attributes: AttributeValues | None = None  # that fit the category; None: keep those that fit
    locked: bool | None = None  # None: keep; a new one is not locked
    position: float | None = None  # None: keep; a new one comes on top

    @property
    def counts(self) -> str:
        return self.rle.to_coco()["counts"]


@dataclass(frozen=True)
class PutResult:
    annotation: Annotation
    created: bool


def put_annotation(annotation_id: UUID, content: Content, *, based_on: int | None, author: User) -> PutResult:
    """Make the annotation, or replace version `based_on` of it; the same write again changes nothing.

    Raises StaleVersion (with what is stored) if the stored version is another one and says something else;
    AnnotationNotFound if the id is taken in a project that `author` may not see.
    """
    try:
        with transaction.atomic():
            current = _find_locked(annotation_id)
            if current is None:
                made = _create_unless_taken(annotation_id, content, author)
                if made is not None:
                    return PutResult(made, created=True)
                current = _find_locked(annotation_id)
                if current is None:
                    raise PlaceVanished
            check_id_is_free_for(author, current)
            return PutResult(_replace(current, content, based_on=based_on, author=author), created=False)
    except IntegrityError as error:  # foreign keys are checked at commit
        raise PlaceVanished from error


@transaction.atomic
def delete_annotation(annotation_id: UUID, *, based_on: int | None, author: User) -> Annotation:
    """Mark version `based_on` as deleted; deleting again changes nothing. Raises StaleVersion like a PUT."""
    current = _find_locked(annotation_id)
    if current is None:
        raise PlaceVanished
    if current.deleted_at is not None:
        return current
    if based_on != current.version:
        raise StaleVersion(current)
    current.deleted_at = timezone.now()
    return _save_version(current, Change.DELETED, author)


def _find_locked(annotation_id: UUID) -> Annotation | None:
    """The row, which nobody else can write until the transaction ends."""
    return (
        Annotation.objects.select_related("image", "author", "category")
        .select_for_update(of=("self",))
        .filter(pk=annotation_id)
        .first()
    )


def _create_unless_taken(annotation_id: UUID, content: Content, author: User) -> Annotation | None:
    """The new annotation; None if another request made one of this id in the same moment."""
    annotation = Annotation(
        id=annotation_id,
        image=content.image,
        version=0,
        author=author,
        source=content.source or Source.MANUAL,
        provenance=content.provenance or {},
        position=_top_position(content.image),
    )
    _fill(annotation, content)
    try:
        with transaction.atomic():
            return _save_version(annotation, Change.CREATED, author)
    except IntegrityError:
        return None


def _replace(current: Annotation, content: Content, *, based_on: int | None, author: User) -> Annotation:
    if current.image_id != content.image.pk:
        raise OnOtherImage
    if based_on != current.version:
        if _is_same(current, content):
            return current  # a write that arrived before, sent again
        raise StaleVersion(current)
    mask_changes = current.rle_counts != content.counts
    source = content.source or (Source.MANUAL if mask_changes else Source(current.source))
    kept = {} if mask_changes else current.provenance
    provenance = kept if content.provenance is None else content.provenance
    if _is_same(current, content) and (current.source, current.provenance) == (source, provenance):
        return current
    change = Change.RESTORED if current.deleted_at else Change.CHANGED
    current.source, current.provenance, current.deleted_at = source, provenance, None
    _fill(current, content)
    return _save_version(current, change, author)


def _is_same(current: Annotation, content: Content) -> bool:
    """Whether the stored annotation lives and has this mask and category, and all else that is told."""
    return (
        current.deleted_at is None
        and current.category_id == content.category.pk
        and current.rle_counts == content.counts
        and content.attributes in (None, current.shown_attributes)
        and content.locked in (None, current.locked)
        and content.position in (None, current.position)
    )


def _top_position(image: Image) -> float:
    """Above all that is on the image. Two that are made in the same moment may share it: their ids decide."""
    top = Annotation.objects.live().filter(image=image).aggregate(top=Max("position"))["top"]
    return 1.0 if top is None else top + 1


def _fill(annotation: Annotation, content: Content) -> None:
    if content.attributes is not None:
        annotation.attributes = content.attributes
    if content.locked is not None:
        annotation.locked = content.locked
    if content.position is not None:
        annotation.position = content.position
    annotation.category = content.category
    annotation.rle_counts = content.counts
    annotation.area = content.rle.area
    annotation.bbox_xywh = list(content.rle.bbox_xywh)


def _save_version(annotation: Annotation, change: Change, author: User) -> Annotation:
    """Write the next version of the row and its history entry."""
    annotation.version += 1
    fill_scores(annotation)
    annotation.save(force_insert=change is Change.CREATED)
    AnnotationHistory.objects.create(
        annotation=annotation,
        version=annotation.version,
        change=change,
        author=author,
        category_name=annotation.category.name if annotation.category else "",
        rle_counts=annotation.rle_counts,
        source=annotation.source,
        provenance=annotation.provenance,
        attributes=annotation.shown_attributes,
        locked=annotation.locked,
        position=annotation.position,
    )
    return annotation
