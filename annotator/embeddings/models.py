"""What is known of the embedding of each image. The embedding itself is a file, found by its key."""

from django.db import models

from annotator.images.models import Image
from annotator.jobs.models import Job
from annotator.projects.models import SEGMENTER_LENGTH


class EmbeddingRecord(models.Model):
    """One per image: the key last asked for, the job that computes it, and since when the file is there.

    After a change of segmenter `earlier_key` serves until the file of `key` is there.

    Images with the same content share the key and the file, never a job: a job belongs to one project.
    """

    image = models.OneToOneField(Image, on_delete=models.CASCADE, related_name="embedding_record")
    key = models.CharField(max_length=64)
    segmenter = models.CharField(max_length=SEGMENTER_LENGTH)  # of `key`
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    ready_at = models.DateTimeField(null=True, default=None)
    earlier_key = models.CharField(max_length=64, blank=True, default="")
    earlier_segmenter = models.CharField(max_length=SEGMENTER_LENGTH, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["key"], name="embedding_by_key"),
            models.Index(
                fields=["earlier_key"],
                name="embedding_by_earlier_key",
                condition=~models.Q(earlier_key=""),
            ),
        ]

    def __str__(self) -> str:
        return f"embedding of image {self.image_id} ({'ready' if self.ready_at else 'not ready'})"


class RegionRecord(models.Model):
    """A part of an image with an embedding of its own, so that small objects in a large image are seen."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="region_records")
    key = models.CharField(max_length=64)  # of the embedding
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["key"], name="region_by_key")]
        constraints = [models.UniqueConstraint(fields=["image", "key"], name="region_once_in_image")]

    def __str__(self) -> str:
        return f"embedding of a region of image {self.image_id}"
