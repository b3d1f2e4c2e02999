"""Answers that are files: never changing ones, with the headers that let a browser keep them."""

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
) -> HttpResponseBase:
    """The file, or 304 when the client has it. `etag` (unquoted) names the content, which never changes.

    `max_age` (seconds) None: the address does not name the content, so the client has to ask each time.
    Raises FileNotFoundError when there is no such file.
    """
    response: HttpResponseBase
    if _client_has(request, etag):
        response = HttpResponse(status=304)
    else:
        response = FileResponse(
            path.open("rb"), content_type=content_type, filename=filename, as_attachment=as_attachment
        )
    response.headers["ETag"] = f'"{etag}"'
    response.headers["Cache-Control"] = (
        "private, no-cache" if max_age is None else f"private, max-age={max_age}, immutable"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _client_has(request: Request, etag: str) -> bool:
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")]
    return f'"{etag}"' in known or "*" in known
