"""List the segmenters, and serve the graphs that turn embeddings into masks."""

import hashlib
import json

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.common.files import FileView, unchanging_file
from annotator.common.schema import page_of
from annotator.segmenters.errors import GraphNotFound
from annotator.segmenters.selectors import get_manifest, list_segmenters
from annotator.segmenters.serializers import ManifestOutput, SegmenterOutput


class SegmentersView(APIView):
    @extend_schema(operation_id="segmenters_list", responses=page_of(SegmenterOutput))
    def get(self, request: Request) -> Response:  # noqa: ARG002
        """What is installed on this server, on one page."""
        return Response({"results": SegmenterOutput(list_segmenters(), many=True).data, "next": None})


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
