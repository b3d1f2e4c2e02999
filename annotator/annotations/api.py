from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.accounts.access import signed_in_user
from annotator.annotations.access import access_annotation
from annotator.annotations.actions import Content, delete_annotation, put_annotation
from annotator.annotations.attributes import check_attributes
from annotator.annotations.errors import CategoryNotInProject
from annotator.annotations.listing import listed_annotation, listed_columns
from annotator.annotations.masks import check_rle
from annotator.annotations.models import Annotation, AnnotationQuerySet
from annotator.annotations.scores import ScoreQuery, in_score_ranges
from annotator.annotations.serializers import (
    AnnotationInput,
    AnnotationListQuery,
    AnnotationOutput,
    DeletedOutput,
    DeleteQuery,
    StaleVersionOutput,
)
from annotator.common.api import parse, parse_query
from annotator.common.pagination import PAGE_SIZE, paginate
from annotator.common.schema import PAGE_PARAMETERS, page_of
from annotator.images.access import access_image
from annotator.projects.access import access_project
from annotator.projects.models import Category
from annotator.projects.roles import Role

# Where the client sets no limit. The page shows all of an image's annotations, and waits for all of them:
# one answer, unless there are so many that it would hold up other requests.
IMAGE_PAGE_SIZE = 5000


class ImageAnnotationsView(APIView):
    @extend_schema(
        operation_id="annotations_list",
        parameters=[ScoreQuery, *PAGE_PARAMETERS],
        responses=page_of(AnnotationOutput),
    )
    def get(self, request: Request, image_id: int) -> Response:
        """The annotations of an image in drawing order, the last on top, without the deleted ones."""
        query = parse_query(ScoreQuery, request)
        image = access_image(request.user, image_id)
        annotations = Annotation.objects.filter(image=image)
        return _page_of_annotations(annotations, query, request, ("position", "pk"), IMAGE_PAGE_SIZE)


class ProjectAnnotationsView(APIView):
    @extend_schema(
        operation_id="projects_annotations_list",
        parameters=[AnnotationListQuery, *PAGE_PARAMETERS],
        responses=page_of(AnnotationOutput),
    )
    def get(self, request: Request, project_id: int) -> Response:
        """The annotations of a project in the order they were made: by category, source and scores."""
        query = parse_query(AnnotationListQuery, request)
        project = access_project(request.user, project_id)
        same = {name: query[name] for name in ("category", "source") if name in query}
        annotations = Annotation.objects.filter(image__project=project, **same)
        return _page_of_annotations(annotations, query, request, ("created_at", "pk"), PAGE_SIZE)


class AnnotationView(APIView):
    @extend_schema(
        operation_id="annotations_put",
        request=AnnotationInput,
        responses={200: AnnotationOutput, 201: AnnotationOutput, 409: StaleVersionOutput},
    )
    def put(self, request: Request, annotation_id: UUID) -> Response:
        """Make an annotation under an id of your choice, or replace the version you have seen.

        Sending the same twice makes one annotation. 409 `stale_version`: `data.current` is what is stored.
        """
        data = parse(AnnotationInput, request)
        image = access_image(request.user, data["image"], min_role=Role.ANNOTATOR)
        category = Category.objects.filter(pk=data["category"], project_id=image.project_id).first()
        if category is None:
            raise CategoryNotInProject
        attributes = data.get("attributes")
        content = Content(
            image=image,
            category=category,
            rle=check_rle(data["rle"], image),
            source=data.get("source"),
            provenance=data.get("provenance"),
            attributes=None if attributes is None else check_attributes(category, attributes),
            locked=data.get("locked"),
            position=data.get("position"),
        )
        result = put_annotation(
            annotation_id, content, based_on=data.get("version"), author=signed_in_user(request)
        )
        return Response(AnnotationOutput(result.annotation).data, status=201 if result.created else 200)

    @extend_schema(
        operation_id="annotations_delete",
        parameters=[OpenApiParameter("version", OpenApiTypes.INT, description="The version you have seen.")],
        responses={200: DeletedOutput, 409: StaleVersionOutput},
    )
    def delete(self, request: Request, annotation_id: UUID) -> Response:
        """Delete the version you have seen; idempotent. A PUT with the returned version undoes it."""
        based_on = parse_query(DeleteQuery, request).get("version")
        access_annotation(request.user, annotation_id, min_role=Role.ANNOTATOR)
        deleted = delete_annotation(annotation_id, based_on=based_on, author=signed_in_user(request))
        return Response(DeletedOutput({"id": deleted.pk, "version": deleted.version, "deleted": True}).data)


def _page_of_annotations(
    annotations: AnnotationQuerySet,
    query: dict[str, Any],
    request: Request,
    order_by: tuple[str, ...],
    page_size: int,
) -> Response:
    return paginate(
        listed_columns(in_score_ranges(annotations.live(), query)),
        request,
        order_by=order_by,
        serialize=lambda rows: [listed_annotation(row) for row in rows],
        page_size=page_size,
    )
