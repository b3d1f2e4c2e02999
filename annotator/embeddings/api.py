"""Serve embeddings."""

from contextlib import suppress

from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.accounts.access import signed_in_user
from annotator.common.api import parse_query
from annotator.common.files import YEAR_SECONDS, FileView, unchanging_file
from annotator.embeddings.actions import forget_embedding, hurry_embedding
from annotator.embeddings.errors import EmbeddingKeyUnknown
from annotator.embeddings.models import EmbeddingRecord
from annotator.embeddings.regions import check_region, hurry_region, signature_of_region
from annotator.embeddings.selectors import find_earlier
from annotator.embeddings.serializers import EmbeddingPendingOutput, EmbeddingQuery, RegionQuery
from annotator.embeddings.signatures import signature_of_image
from annotator.embeddings.store import embedding_store
from annotator.images.access import access_image
from annotator.images.models import Image
from annotator.images.pixels import Region
from annotator.jobs.serializers import JobOutput
from segmentation.embeddings import EmbeddingSignature

HOUR_SECONDS = 3600
RETRY_AFTER_SECONDS = 1


class ImageEmbeddingView(FileView):
    @extend_schema(
        operation_id="images_embedding",
        parameters=[EmbeddingQuery],
        responses={
            (200, "application/octet-stream"): OpenApiTypes.BINARY,
            202: OpenApiResponse(EmbeddingPendingOutput, description="Being computed; see `Retry-After`."),
            304: OpenApiResponse(description="You have it."),
        },
    )
    def get(self, request: Request, image_id: int) -> HttpResponseBase:
        """The embedding as safetensors, or 202 while it is computed: asking puts it before batch work."""
        asked_key = parse_query(EmbeddingQuery, request).get("key")
        image = access_image(request.user, image_id)
        signature = _asked_signature(image, asked_key)
        if stored := _stored_file(request, signature, is_keyed=asked_key is not None):
            return stored
        job = hurry_embedding(image, signature_of_image(image), user=signed_in_user(request))
        return _pending(JobOutput(job))


class RegionEmbeddingView(FileView):
    @extend_schema(
        operation_id="images_region_embedding",
        parameters=[RegionQuery],
        responses={
            (200, "application/octet-stream"): OpenApiTypes.BINARY,
            202: OpenApiResponse(EmbeddingPendingOutput, description="Being computed; see `Retry-After`."),
            304: OpenApiResponse(description="You have it."),
        },
    )
    def get(self, request: Request, image_id: int) -> HttpResponseBase:
        """The embedding of a part of the image by the project's segmenter, or 202 while it is computed."""
        image = access_image(request.user, image_id)
        region = Region(**parse_query(RegionQuery, request))
        check_region(image, region)
        signature = signature_of_region(image, region)
        if stored := _stored_file(request, signature, is_keyed=False):
            return stored
        return _pending(JobOutput(hurry_region(image, region, signature, user=signed_in_user(request))))


def _asked_signature(image: Image, key: str | None) -> EmbeddingSignature:
    """The one that the image needs, or an earlier one that its key names. Raises EmbeddingKeyUnknown."""
    wanted = signature_of_image(image)
    if key in (None, wanted.key):
        return wanted
    record = EmbeddingRecord.objects.filter(image=image).first()
    earlier = find_earlier(image, record) if record else None
    if earlier is None or earlier.key != key:
        raise EmbeddingKeyUnknown(current=wanted.key)
    if not embedding_store().has(earlier):
        forget_embedding(earlier.key)
        raise EmbeddingKeyUnknown(current=wanted.key)
    return earlier


def _stored_file(
    request: Request, signature: EmbeddingSignature, *, is_keyed: bool
) -> HttpResponseBase | None:
    """None while there is none."""
    store = embedding_store()
    if not store.has(signature):
        return None
    store.note_use(signature.key)
    with suppress(FileNotFoundError):  # deleted between the two, which the budget allows
        return unchanging_file(
            request,
            store.path(signature.key),
            etag=signature.key,
            content_type="application/octet-stream",
            filename=f"{signature.key}.safetensors",
            max_age=YEAR_SECONDS if is_keyed else HOUR_SECONDS,
            is_gzipped=True,
        )
    return None


def _pending(job: JobOutput) -> Response:
    response = Response({"job": job.data}, status=202)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response
