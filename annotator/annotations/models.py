"""Annotation: one labelled region on one image, with every version it ever had."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from annotator.images.models import Image
from annotator.projects.attributes import AttributeValues, fitting_values
from annotator.projects.models import CATEGORY_NAME_LENGTH, Category

if TYPE_CHECKING:
    from segmentation.masks import CocoRle


class Source(models.TextChoices):
    """Where a mask came from."""

    PROMPT = "prompt", "A segmenter, asked by a person's prompt"
    MANUAL = "manual", "A person, or a program that does not say"
    IMPORT = "import", "A data set that was imported"
    PROPOSAL = "proposal", "A model, not yet accepted by a person"


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    def live(self) -> "AnnotationQuerySet":
        """Without the deleted ones."""
        return self.filter(deleted_at=None)


class Annotation(models.Model):
    """The id is a UUID that the client chose. A deleted one stays as a row: its id is not free again."""

    id = models.UUIDField(primary_key=True)
    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="annotations")
    # Only a deleted annotation has no category (its category was deleted after it).
    category = models.ForeignKey(Category, on_delete=models.RESTRICT, null=True, related_name="annotations")
    rle_counts = models.TextField()  # compressed COCO counts of the image as shown, canonical runs
    area = models.PositiveBigIntegerField()  # foreground pixels
    bbox_xywh = models.JSONField()  # four whole numbers, image points; zeros for an empty mask
    attributes = models.JSONField(default=dict)  # by name; read them with `shown_attributes`
    locked = models.BooleanField(default=False)  # guarded by the page against change by mistake
    position = models.FloatField()  # in the drawing order, higher on top; equal ones by id
    version = models.PositiveIntegerField()  # 1, and +1 on each write
    source = models.CharField(max_length=20, choices=Source.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="annotations"
    )  # of the first version
    provenance = models.JSONField(default=dict)
    # Copies from the provenance (annotations/scores.py); null where no segmenter gave one.
    predicted_iou = models.FloatField(null=True)
    stability_score = models.FloatField(null=True)
    mean_logit = models.FloatField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True)

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["image", "position", "id"],
                name="drawn_annotations_of_image",
                condition=Q(deleted_at=None),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(category__isnull=False) | Q(deleted_at__isnull=False),
                name="live_annotation_has_category",
            )
        ]

    def __str__(self) -> str:
        return f"annotation {self.pk}, version {self.version}"

    @property
    def rle(self) -> "CocoRle":
        """The mask as COCO RLE; its size is that of the image."""
        return {"size": [self.image.height, self.image.width], "counts": self.rle_counts}

    @property
    def shown_attributes(self) -> AttributeValues:
        """The answers that fit what the category asks now; others stay in the row, in case it asks again."""
        return fitting_values(self.category.attributes, self.attributes) if self.category else {}


class Change(models.TextChoices):
    """What a version did."""

    CREATED = "created", "Created"
    CHANGED = "changed", "Changed"
    DELETED = "deleted", "Deleted"
    RESTORED = "restored", "Brought back"


class AnnotationHistory(models.Model):
    """One version of an annotation: who made it, when, and what it was. Never changed."""

    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="history")
    version = models.PositiveIntegerField()
    change = models.CharField(max_length=20, choices=Change.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    category_name = models.CharField(max_length=CATEGORY_NAME_LENGTH, blank=True)  # outlives the category
    rle_counts = models.TextField()
    source = models.CharField(max_length=20, choices=Source.choices)
    provenance = models.JSONField(default=dict)
    attributes = models.JSONField(default=dict)
    locked = models.BooleanField(default=False)
    position = models.FloatField(null=True)  # null: from before annotations had one

    class Meta:
        ordering = ["annotation_id", "version"]
        constraints = [
            models.UniqueConstraint(fields=["annotation", "version"], name="one_entry_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.change} as version {self.version} of annotation {self.annotation_id}"
