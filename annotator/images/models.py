"""Image: one picture of a project, as it came and as it is shown."""

from django.conf import settings
from django.db import models
from django.utils import timezone

FILENAME_LENGTH = 255


class Image(models.Model):
    """The row of one picture. Its files are found by content: see `annotator.images.storage`."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="images")
    filename = models.CharField(max_length=FILENAME_LENGTH)
    sha256 = models.CharField(max_length=64)  # hex, of the bytes that were uploaded
    bytes = models.PositiveBigIntegerField()  # of the upload
    # What is shown, encoded and exported: the upload itself, or a PNG made from it.
    rendition_sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=32)  # of the rendition
    width = models.PositiveIntegerField()  # pixels, as shown
    height = models.PositiveIntegerField()
    # Of an original of numbers, as 16-bit greys: the values that the rendition shows black and white.
    value_low = models.FloatField(null=True, default=None)
    value_high = models.FloatField(null=True, default=None)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["sha256"], name="image_by_upload"),
            models.Index(fields=["rendition_sha256"], name="image_by_rendition"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["project", "sha256"], name="image_once_in_project"),
            models.CheckConstraint(
                name="image_has_pixels", condition=models.Q(width__gt=0) & models.Q(height__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"image {self.pk} ({self.filename})"
