"""Reads over projects and what is in them. Apps above are met by the names of their relations only."""

from django.db.models import Count, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from annotator.projects.access import Requester, visible_projects
from annotator.projects.models import Project

_EMBEDDED = Q(
    images__embedding_record__segmenter=F("segmenter"), images__embedding_record__ready_at__isnull=False
)


def projects_with_counts(user: Requester) -> QuerySet[Project]:
    """The projects `user` may see, each with its counts and `role`, in one query.

    Subqueries, each over one index: one join over both would count distinct ids among all pairs.
    """
    this_project = Project.objects.filter(pk=OuterRef("pk")).order_by()
    images = this_project.annotate(count=Count("images"))
    embedded = this_project.annotate(count=Count("images", filter=_EMBEDDED))
    live = FilteredRelation("images__annotations", condition=Q(images__annotations__deleted_at=None))
    annotations = this_project.annotate(live=live).annotate(count=Count("live"))
    return visible_projects(user).annotate(
        role=F("memberships__role"),
        image_count=Subquery(images.values("count")),
        embedded_count=Subquery(embedded.values("count")),
        annotation_count=Subquery(annotations.values("count")),
    )
