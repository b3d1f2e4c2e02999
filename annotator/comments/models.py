"""What people say to each other about a place on an image."""

from django.conf import settings
from django.db import models

from annotator.images.models import Image

TEXT_LENGTH = 4000


class Thread(models.Model):
    """A place on an image that people talk about. It has at least one comment, and is open until resolved."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="threads")
    x = models.FloatField()  # image point, within the image
    y = models.FloatField()
    created_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["image", "created_at", "id"], name="threads_of_image")]

    def __str__(self) -> str:
        return f"thread {self.pk} on image {self.image_id}"


class Comment(models.Model):
    """One thing that was said."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="comments"
    )
    text = models.TextField(max_length=TEXT_LENGTH)
    # Made by whoever sends it, so that sending it again does not say it twice.
    key = models.UUIDField(unique=True, null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"comment {self.pk} in thread {self.thread_id}"
