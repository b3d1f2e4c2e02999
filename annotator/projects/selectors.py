"""Reads over projects and what is in them."""

from django.db.models import Count, F, Q, QuerySet

from annotator.projects.access import Requester, visible_projects
from annotator.projects.models import Project


def projects_with_counts(user: Requester) -> QuerySet[Project]:
    """The projects `user` may see, each with `role`, `image_count` and `annotation_count`.

    Every annotation is under exactly one image, so one chain of joins counts both without multiplying rows.
    """
    return visible_projects(user).annotate(
        role=F("memberships__role"),
        image_count=Count("images", distinct=True),
        annotation_count=Count(
            "images__annotations", filter=Q(images__annotations__deleted_at=None), distinct=True
        ),
    )
