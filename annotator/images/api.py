"""Upload, list, show and delete images."""

from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.accounts.access import signed_in_user
from annotator.common.api import parse_query
from annotator.common.files import YEAR_SECONDS, FileView, unchanging_bytes, unchanging_file
from annotator.common.pagination import paginate
from annotator.common.schema import PAGE_PARAMETERS, page_of
from annotator.images import storage
from annotator.images.access import access_image
from annotator.images.actions import add_image, delete_image
from annotator.images.errors import ImageFileMissing, TileNotFound, UploadMissing
from annotator.images.models import Image
from annotator.images.naming import shown_filename
from annotator.images.pixels import render_window
from annotator.images.pyramids import find_tile
from annotator.images.receiving import check_size
from annotator.images.selectors import filter_images, images_with_details, neighbours_of
from annotator.images.serializers import (
    ImageFileQuery,
    ImageListQuery,
    ImageOutput,
    ImageUploadInput,
    ImageWindowQuery,
    NeighboursOutput,
    image_output,
)
from annotator.projects.access import access_project
from annotator.projects.roles import Role

# What multipart adds around one file: boundaries, headers, a file name.
MULTIPART_OVERHEAD_BYTES = 16 * 1024


class ProjectImagesView(APIView):
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="images_list",
        parameters=[ImageListQuery, *PAGE_PARAMETERS],
        responses=page_of(ImageOutput),
    )
    def get(self, request: Request, project_id: int) -> Response:
        """The images of a project in the order of upload."""
        query = parse_query(ImageListQuery, request)
        project = access_project(request.user, project_id)
        images = filter_images(images_with_details().filter(project=project), **query)
        return paginate(
            images,
            request,
            order_by=("pk",),
            serialize=lambda rows: ImageOutput([image_output(row) for row in rows], many=True).data,
        )

    @extend_schema(
        operation_id="images_upload",
        request={"multipart/form-data": ImageUploadInput},
        responses={200: ImageOutput, 201: ImageOutput},
    )
    def post(self, request: Request, project_id: int) -> Response:
        """Add one image, the multipart field `file`. 200 with `duplicate: true` when its bytes are there."""
        project = access_project(request.user, project_id, min_role=Role.ANNOTATOR)
        # Before the body is read: `request.FILES` parses all of it.
        check_size(int(request.META.get("CONTENT_LENGTH") or 0) - MULTIPART_OVERHEAD_BYTES)
        files = request.FILES.getlist("file")
        if len(files) != 1:
            raise UploadMissing
        image, created = add_image(
            project=project, user=signed_in_user(request), filename=files[0].name or "", file=files[0]
        )
        return Response(_one_image(image.pk, duplicate=not created), status=201 if created else 200)


class ImageView(APIView):
    @extend_schema(operation_id="images_get", responses=ImageOutput)
    def get(self, request: Request, image_id: int) -> Response:
        """One image."""
        return Response(_one_image(access_image(request.user, image_id).pk))

    @extend_schema(operation_id="images_delete", responses={204: None})
    def delete(self, request: Request, image_id: int) -> Response:
        """Delete an image with its annotations (managers)."""
        delete_image(access_image(request.user, image_id, min_role=Role.MANAGER))
        return Response(status=204)


class ImageContentView(FileView):
    @extend_schema(
        operation_id="images_content",
        parameters=[ImageFileQuery],
        responses={(200, "image/*"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, image_id: int) -> HttpResponseBase:
        """The image as shown, encoded and exported: JPEG, PNG or WebP."""
        image = access_image(request.user, image_id)
        path = storage.blob_path(image.rendition_sha256)
        if not path.exists():
            raise ImageFileMissing(image.filename)
        return unchanging_file(
            request,
            path,
            etag=image.rendition_sha256,
            content_type=image.media_type,
            filename=shown_filename(image),
            max_age=_max_age(request, image),
        )


class ImageThumbnailView(FileView):
    @extend_schema(
        operation_id="images_thumbnail",
        parameters=[ImageFileQuery],
        responses={(200, "image/jpeg"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, image_id: int) -> HttpResponseBase:
        """A small JPEG of the image."""
        image = access_image(request.user, image_id)
        path = storage.thumbnail_path(image.rendition_sha256)
        if not path.exists():
            raise ImageFileMissing(image.filename)
        etag = f"thumbnail-{image.rendition_sha256}"
        max_age = _max_age(request, image)
        return unchanging_file(request, path, etag=etag, content_type="image/jpeg", max_age=max_age)


class ImageTileView(FileView):
    @extend_schema(
        operation_id="images_tile",
        parameters=[ImageFileQuery],
        responses={(200, "image/jpeg"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, image_id: int, level: int, column: int, row: int) -> HttpResponseBase:
        """A part of a large image, as JPEG."""
        image = access_image(request.user, image_id)
        tile = find_tile(image, level=level, column=column, row=row)
        if tile is None:
            raise TileNotFound
        return unchanging_bytes(
            request,
            tile,
            etag=f"tile-{level}-{column}-{row}-{image.rendition_sha256}",
            content_type="image/jpeg",
            max_age=_max_age(request, image),
        )


class ImageWindowView(FileView):
    @extend_schema(
        operation_id="images_window",
        parameters=[ImageWindowQuery],
        responses={(200, "image/png"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, image_id: int) -> HttpResponseBase:
        """A 16-bit original with another range of its values from black to white, as PNG."""
        image = access_image(request.user, image_id)
        query = parse_query(ImageWindowQuery, request)
        low, high = query["low"], query["high"]
        return unchanging_bytes(
            request,
            render_window(image, low=low, high=high),
            etag=f"window-{low}-{high}-{image.rendition_sha256}",
            content_type="image/png",
            max_age=_max_age(request, image),
        )


class ImageNeighboursView(APIView):
    @extend_schema(operation_id="images_neighbours", responses=NeighboursOutput)
    def get(self, request: Request, image_id: int) -> Response:
        """The images before and after this one in its project."""
        return Response(NeighboursOutput(neighbours_of(access_image(request.user, image_id))).data)


def _one_image(image_id: int, *, duplicate: bool = False) -> Any:
    image = images_with_details().get(pk=image_id)
    return ImageOutput(image_output(image, duplicate=duplicate)).data


def _max_age(request: Request, image: Image) -> int | None:
    """For ever at the address that names the content, not at all at the one that names the row."""
    asked_key = parse_query(ImageFileQuery, request).get("key")
    return YEAR_SECONDS if asked_key == image.rendition_sha256 else None
