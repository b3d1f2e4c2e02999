"""Serve embeddings, and the graphs that turn them into masks."""

import hashlib
import json

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.accounts.access import signed_in_user
from annotator.common.api import parse_query
from annotator.common.files import YEAR_SECONDS, FileView, unchanging_file
from annotator.embeddings.actions import hurry_embedding, signature_of_image
from annotator.embeddings.errors import EmbeddingKeyUnknown, GraphNotFound
from annotator.embeddings.segmenters import get_manifest
from annotator.embeddings.serializers import EmbeddingPendingOutput, EmbeddingQuery, ManifestOutput
from annotator.embeddings.store import embedding_store
from annotator.images.access import access_image
from annotator.jobs.serializers import JobOutput

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
        signature = signature_of_image(image)
        if asked_key not in (None, signature.key):
            raise EmbeddingKeyUnknown(current=signature.key)
        store = embedding_store()
        if not store.has(signature):
            job = hurry_embedding(image, signature, user=signed_in_user(request))
            return _pending(JobOutput(job))
        return unchanging_file(
            request,
            store.path(signature.key),
            etag=signature.key,
            content_type="application/octet-stream",
            filename=f"{signature.key}.safetensors",
            max_age=YEAR_SECONDS if asked_key else HOUR_SECONDS,
        )


class SegmenterManifestView(FileView):
    @extend_schema(operation_id="segmenters_manifest", responses=ManifestOutput)
    def get(self, request: Request, name: str) -> HttpResponseBase:
        """What the segmenter's decoder takes and gives, and where its graphs are."""
        manifest = get_manifest(name)
        graphs = {
            step: {
                **manifest.raw["graphs"][step],
                "url": reverse("segmenter-file", args=[name, graph.sha256]),
            }
            for step, graph in manifest.graphs.items()
        }
        body = json.dumps({**manifest.raw, "graphs": graphs}).encode()
        etag = f'"{hashlib.sha256(body).hexdigest()}"'
        if request.headers.get("If-None-Match") == etag:
            response = HttpResponse(status=304)
        else:
            response = HttpResponse(body, content_type="application/json")
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = "private, no-cache"
        return response


class SegmenterFileView(FileView):
    @extend_schema(
        operation_id="segmenters_file",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, name: str, sha256: str) -> HttpResponseBase:
        """One graph (ONNX) of a segmenter, by the sha256 of its bytes."""
        graph = next((graph for graph in get_manifest(name).graphs.values() if graph.sha256 == sha256), None)
        if graph is None or not graph.path.exists():
            raise GraphNotFound
        return unchanging_file(
            request,
            graph.path,
            etag=sha256,
            content_type="application/octet-stream",
            filename=graph.path.name,
        )


def _pending(job: JobOutput) -> Response:
    response = Response({"job": job.data}, status=202)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response
