"""What the OpenAPI schema says about every route alike: the shape of errors and of lists."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers

from annotator.common.pagination import MAX_PAGE_SIZE

PAGE_PARAMETERS: Sequence[OpenApiParameter] = (
    OpenApiParameter("cursor", OpenApiTypes.STR, description="From `next` of the page before."),
    OpenApiParameter("limit", OpenApiTypes.INT, description=f"Rows on one page, 1 to {MAX_PAGE_SIZE}."),
)

ERROR_SCHEMA = {
    "type": "object",
    "properties": {
        "code": {"type": "string", "description": "For programs; stable."},
        "message": {"type": "string", "description": "For people: what is wrong and what to do."},
        "data": {"type": "object", "additionalProperties": {}},
    },
    "required": ["code", "message", "data"],
}


@cache
def page_of(output: type[serializers.BaseSerializer[Any]]) -> serializers.Serializer[Any]:
    """The shape of `paginate`'s answer for rows of the shape `output` ("ProjectOutput" -> "ProjectPage")."""
    name = output.__name__.removesuffix("Output") + "Page"
    next_url = serializers.CharField(
        allow_null=True, help_text="Address of the next page on this server (starts with a slash)."
    )
    return inline_serializer(name, {"results": output(many=True), "next": next_url})


def add_error_responses(result: dict[str, Any], **_context: Any) -> dict[str, Any]:
    """Postprocessing hook of drf-spectacular: every operation may answer with the common error body."""
    result.setdefault("components", {}).setdefault("schemas", {})["Error"] = ERROR_SCHEMA
    error = {
        "description": "Refused; the body says why.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
    }
    for path in result["paths"].values():
        for operation in path.values():
            if isinstance(operation, dict) and "responses" in operation:
                operation["responses"]["default"] = error
    return result
