"""Answers that are files: never changing ones, with the headers that let a browser keep them."""

import gzip
import io
from collections.abc import Iterable
from pathlib import Path

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

YEAR_SECONDS = 365 * 24 * 3600
PLAIN_SUFFIX = "-plain"  # of the ETag of a gzipped file's content: other bytes need another tag


class AnyAccept(BaseContentNegotiation):
    """A file has one media type: whatever the client says it accepts, that is what there is."""

    def select_parser(
        self,
        request: Request,  # noqa: ARG002
        parsers: Iterable[BaseParser],
    ) -> BaseParser | None:
        return next(iter(parsers), None)

    def select_renderer(
        self,
        request: Request,  # noqa: ARG002
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,  # noqa: ARG002
    ) -> tuple[BaseRenderer, str]:
        renderer = next(iter(renderers))
        return renderer, renderer.media_type or ""


class FileView(APIView):
    """A view whose good answer is a file and whose errors are JSON."""

    content_negotiation_class = AnyAccept


def unchanging_file(
    request: Request,
    path: Path,
    *,
    etag: str,
    content_type: str,
    filename: str = "",
    max_age: int | None = YEAR_SECONDS,
    as_attachment: bool = False,
    is_gzipped: bool = False,
) -> HttpResponseBase:
    """The file, or 304 when the client has it. `etag` (unquoted) names the content, which never changes.

    `max_age` (seconds) None: the address does not name the content, so the client has to ask each time.
    `is_gzipped`: the file holds the content gzipped, and is sent so to those who take it.
    Raises FileNotFoundError when there is no such file.
    """
    response: HttpResponseBase
    as_it_is = not is_gzipped or _takes_gzip(request)
    if not as_it_is:
        etag += PLAIN_SUFFIX
    if _client_has(request, etag):
        response = HttpResponse(status=304)
    else:
        file = path.open("rb") if as_it_is else io.BytesIO(gzip.decompress(path.read_bytes()))
        response = FileResponse(
            file, content_type=content_type, filename=filename, as_attachment=as_attachment
        )
        if is_gzipped and as_it_is:
            response.headers["Content-Encoding"] = "gzip"
    if is_gzipped:
        response.headers["Vary"] = "Accept-Encoding"
    _let_keep(response, etag=etag, max_age=max_age)
    return response


def unchanging_bytes(
    request: Request, content: bytes, *, etag: str, content_type: str, max_age: int | None = YEAR_SECONDS
) -> HttpResponse:
    """As `unchanging_file`, of a few bytes that lie in no file of their own."""
    if _client_has(request, etag):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(content, content_type=content_type)
    _let_keep(response, etag=etag, max_age=max_age)
    return response


def _let_keep(response: HttpResponseBase, *, etag: str, max_age: int | None) -> None:
    response.headers["ETag"] = f'"{etag}"'
    response.headers["Cache-Control"] = (
        "private, no-cache" if max_age is None else f"private, max-age={max_age}, immutable"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"


def _takes_gzip(request: Request) -> bool:
    """Whether the client asks for gzip by name and not with a weight of nothing."""
    for entry in request.headers.get("Accept-Encoding", "").lower().split(","):
        coding, _, weight = entry.partition(";")
        if coding.strip() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _client_has(request: Request, etag: str) -> bool:
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")]
    return f'"{etag}"' in known or "*" in known
