"""Reading request bodies, within bounds."""

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from annotator.common.errors import MaskwrightError


class BodyTooLarge(MaskwrightError):
    code = "body_too_large"
    status = 413

    def __init__(self, *, limit_bytes: int) -> None:
        super().__init__(f"This server takes at most {limit_bytes} bytes of JSON at once. Send less.")


class BoundedJSONParser(JSONParser):
    """JSON of at most MAX_JSON_BYTES; it is parsed in memory, so that anybody could fill that otherwise."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        length = (parser_context or {})["request"].META.get("CONTENT_LENGTH") or 0
        if int(length) > settings.MAX_JSON_BYTES:
            raise BodyTooLarge(limit_bytes=settings.MAX_JSON_BYTES)
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError("The JSON is nested too deeply.") from error
