"""Project, who belongs to it, and the categories of its annotations."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models

from annotator.projects.roles import Role

NAME_LENGTH = 200
SEGMENTER_LENGTH = 100
CATEGORY_NAME_LENGTH = 100


def default_segmenter() -> str:
    return settings.DEFAULT_SEGMENTER


class OverlapPolicy(models.TextChoices):
    """What becomes of pixels that two masks of an image both want."""

    FREE = "free", "Masks may overlap"
    TAKE = "take", "Masks do not overlap: a new one takes the pixels of those under it"
    YIELD = "yield", "Masks do not overlap: a new one leaves the pixels of those that are there"


class Project(models.Model):
    """A set of images, their categories and annotations, and the people who work on them."""

    name = models.CharField(max_length=NAME_LENGTH)
    segmenter = models.CharField(max_length=SEGMENTER_LENGTH, default=default_segmenter)
    overlap_policy = models.CharField(
        max_length=10, choices=OverlapPolicy.choices, default=OverlapPolicy.FREE
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """The role of one person in one project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "user"], name="one_role_per_project")]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} of {self.project}"


class Category(models.Model):
    """A class of thing that annotations of a project can be."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="categories")
    name = models.CharField(max_length=CATEGORY_NAME_LENGTH)
    color = models.CharField(max_length=7, validators=[RegexValidator(r"^#[0-9a-f]{6}$")])
    position = models.PositiveIntegerField()
    attributes = models.JSONField(default=list)  # of projects/attributes.py's AttributeDefinition

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "categories"
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="category_name_once_per_project")
        ]

    def __str__(self) -> str:
        return self.name
