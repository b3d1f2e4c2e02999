"""Cross-origin isolation, without which browsers give WASM no threads."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

ISOLATION_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class CrossOriginIsolation:
    """Middleware; stands first, so that static files and errors of other middleware carry the headers too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in ISOLATION_HEADERS.items():
            response.headers[name] = value
        return response
