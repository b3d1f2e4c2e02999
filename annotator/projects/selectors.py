"""Reads over projects and what is in them. Apps above are met by the names of their relations only."""

from django.db.models import Count, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from annotator.projects.access import Requester, visible_projects
from annotator.projects.models import Project


def projects_with_counts(user: Requester) -> QuerySet[Project]:
    """The projects `user` may see, each with `role`, `image_count` and `annotation_count`, in one query.

    Two subqueries, each over one index: one join over both would count distinct ids among all pairs.
    """
    this_project = Project.objects.filter(pk=OuterRef("pk")).order_by()
    images = this_project.annotate(count=Count("images"))
    live = FilteredRelation("images__annotations", condition=Q(images__annotations__deleted_at=None))
    annotations = this_project.annotate(live=live).annotate(count=Count("live"))
    return visible_projects(user).annotate(
        role=F("memberships__role"),
        image_count=Subquery(images.values("count")),
        annotation_count=Subquery(annotations.values("count")),
    )
