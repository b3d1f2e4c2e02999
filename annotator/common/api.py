"""What every API view shares: reading input, and one shape for every error."""

import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import set_rollback

from annotator.common.errors import MaskwrightError

logger = logging.getLogger(__name__)

INTERNAL_MESSAGE = (
    "Something went wrong on the server. It has been logged; try again, and report it if it stays."
)


def parse(serializer_class: type[serializers.BaseSerializer[Any]], request: Request) -> dict[str, Any]:
    """The validated body of `request`; raises a validation error (400) that names the field."""
    serializer = serializer_class(data=request.data)
    serializer.is_valid(raise_exception=True)
    validated: dict[str, Any] = serializer.validated_data
    return validated


def parse_query(serializer_class: type[serializers.BaseSerializer[Any]], request: Request) -> dict[str, Any]:
    """The validated query string of `request`; raises like `parse`."""
    serializer = serializer_class(data=request.query_params)
    serializer.is_valid(raise_exception=True)
    validated: dict[str, Any] = serializer.validated_data
    return validated


def handle_exception(error: Exception, context: Mapping[str, Any]) -> Response:
    """DRF's EXCEPTION_HANDLER: any exception of a view -> `{"code", "message", "data"}`.

    What nobody foresaw is logged with its trace and answered with 500 and a sentence that tells none of it.
    """
    set_rollback()
    if isinstance(error, MaskwrightError):
        return error_response(error.code, error.message, status=error.status, data=error.data)
    if isinstance(error, exceptions.ValidationError):
        return _validation_response(error)
    if isinstance(error, Http404):
        error = exceptions.NotFound("There is nothing here, or you may not see it.")
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, exceptions.APIException):
        return _api_exception_response(error)
    request = context.get("request")
    path = request.path if isinstance(request, Request) else "?"
    logger.error("Unexpected error at %s", path, exc_info=error)
    return error_response("internal", INTERNAL_MESSAGE, status=500)


def error_response(
    code: str, message: str, *, status: int, data: Mapping[str, Any] | None = None
) -> Response:
    return Response({"code": code, "message": message, "data": dict(data or {})}, status=status)


def _api_exception_response(error: exceptions.APIException) -> Response:
    codes = error.get_codes()
    response = error_response(
        codes if isinstance(codes, str) else "error", str(error.detail), status=error.status_code
    )
    if challenge := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = challenge
    if (wait := getattr(error, "wait", None)) is not None:
        response["Retry-After"] = str(int(wait) + 1)
    return response


def _validation_response(error: exceptions.ValidationError) -> Response:
    """400 with the first complaint as the sentence, and all of them by field in `data.fields`."""
    detail = error.detail
    fields = detail if isinstance(detail, Mapping) else {"non_field_errors": detail}
    message = _first_sentence(detail)
    return error_response("invalid", message, status=400, data={"fields": fields})


def _first_sentence(detail: Any, field: str = "") -> str:
    if isinstance(detail, Mapping):
        for key, inner in detail.items():
            if inner:
                return _first_sentence(inner, _join(field, str(key)))
    if isinstance(detail, list):
        for inner in detail:
            if inner:
                return _first_sentence(inner, field)
    return f"{field}: {detail}" if field else str(detail)


def _join(field: str, key: str) -> str:
    if key == api_settings.NON_FIELD_ERRORS_KEY:
        return field
    return f"{field}.{key}" if field else key
