"""What a member of a project may do. Each role may do all that the ones below it may."""

from django.db import models


class Role(models.TextChoices):
    OWNER = "owner", "Owner"  # and delete the project
    MANAGER = "manager", "Manager"  # and change categories, images, settings
    ANNOTATOR = "annotator", "Annotator"  # and annotate, upload, export
    VIEWER = "viewer", "Viewer"  # look

    @property
    def rank(self) -> int:
        """0 for a viewer, 3 for an owner."""
        return list(reversed(Role)).index(self)

    def covers(self, needed: "Role") -> bool:
        """Whether this role may do what `needed` may."""
        return self.rank >= needed.rank
