"""How a request says who it is from: a token for programs, the session for the page."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from annotator.accounts.digests import digest_of
from annotator.accounts.models import ApiToken, User

KEYWORD = "Token"


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Token <secret>`. Stands first, so that a request from nobody answers 401, not 403."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        parts = authentication.get_authorization_header(request).split()
        if not parts or parts[0].lower() != KEYWORD.lower().encode():
            return None
        if len(parts) != 2:
            raise exceptions.AuthenticationFailed("Write the header as `Authorization: Token <secret>`.")
        secret = parts[1].decode("latin-1")
        token = ApiToken.objects.select_related("user").filter(digest=digest_of(secret)).first()
        if token is None or not token.user.is_active:
            raise exceptions.AuthenticationFailed(
                "This token is not known. Make a new one: python manage.py issue_token USER"
            )
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return KEYWORD


class SessionAuthentication(authentication.SessionAuthentication):
    """The signed-in page; writes must carry the CSRF token."""

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied as error:
            raise CsrfFailed from error


class CsrfFailed(exceptions.PermissionDenied):
    default_code = "csrf_failed"
    default_detail = (
        "The CSRF token is missing or old. Reload the page, or send the cookie's value as X-CSRFToken."
    )


class TokenScheme(OpenApiAuthenticationExtension):
    """Tells the OpenAPI schema about `TokenAuthentication`."""

    target_class = "annotator.accounts.authentication.TokenAuthentication"
    name = "tokenAuth"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:  # noqa: ARG002
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token <secret>`; make one with `python manage.py issue_token USER`",
        }
