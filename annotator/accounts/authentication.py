"""How a request says who it is from: a token for programs, the session for the page."""

from drf_spectacular.authentication import SessionScheme
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from annotator.accounts.digests import digest_of
from annotator.accounts.models import ApiToken, User


class TokenAuthentication(authentication.TokenAuthentication):
    """`Authorization: Token <secret>`. Stands first, so that a request from nobody answers 401, not 403."""

    def authenticate_credentials(self, key: str) -> tuple[User, ApiToken]:
        token = ApiToken.objects.select_related("user").filter(digest=digest_of(key)).first()
        if token is None or not token.user.is_active:
            raise exceptions.AuthenticationFailed(
                "This token is not known. Make a new one: python manage.py issue_token USER"
            )
        return token.user, token


class CsrfFailed(exceptions.PermissionDenied):
    default_code = "csrf_failed"
    default_detail = (
        "The CSRF token is missing or old. Reload the page, or send the cookie's value as X-CSRFToken."
    )


class SessionAuthentication(authentication.SessionAuthentication):
    """The signed-in page; writes must carry the CSRF token."""

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied as error:
            raise CsrfFailed from error


class PageSessionScheme(SessionScheme):  # type: ignore[no-untyped-call]
    """Tells the OpenAPI schema that the page signs in by cookie."""

    target_class = "annotator.accounts.authentication.SessionAuthentication"
