"""Answers to what goes wrong outside of the API views. Django calls them with these argument names."""

from django.http import HttpRequest, JsonResponse

from annotator.common.api import INTERNAL_MESSAGE


def _json_error(code: str, message: str, status: int) -> JsonResponse:
    return JsonResponse({"code": code, "message": message, "data": {}}, status=status)


def handler400(request: HttpRequest, exception: Exception) -> JsonResponse:  # noqa: ARG001
    return _json_error("bad_request", "The request could not be read.", 400)


def handler403(request: HttpRequest, exception: Exception) -> JsonResponse:  # noqa: ARG001
    return _json_error("forbidden", "This is not allowed.", 403)


def handler404(request: HttpRequest, exception: Exception) -> JsonResponse:  # noqa: ARG001
    return _json_error("not_found", "There is nothing at this address.", 404)


def handler500(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    return _json_error("internal", INTERNAL_MESSAGE, 500)
