from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.middleware.csrf import get_token
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.accounts.authentication import SessionAuthentication
from annotator.accounts.errors import SignInFailed
from annotator.accounts.models import Installation
from annotator.accounts.serializers import SessionOutput, SignInInput
from annotator.accounts.throttling import SignInByAddress, SignInByName
from annotator.common.api import parse


class SessionView(APIView):
    """Who is signed in on this page."""

    permission_classes = [AllowAny]
    throttle_classes = [SignInByAddress, SignInByName]

    @extend_schema(operation_id="session_get", responses=SessionOutput)
    def get(self, request: Request) -> Response:
        """Who is signed in, and the limits of this server. Sets the CSRF cookie."""
        get_token(request._request)
        return _session_response(request)

    @extend_schema(operation_id="session_sign_in", request=SignInInput, responses=SessionOutput)
    def post(self, request: Request) -> Response:
        """Sign in with a password."""
        SessionAuthentication().enforce_csrf(request)
        credentials = parse(SignInInput, request)
        user = authenticate(request._request, **credentials)
        if user is None:
            raise SignInFailed
        login(request._request, user)
        request.user = user
        return _session_response(request)

    @extend_schema(operation_id="session_sign_out", request=None, responses=SessionOutput)
    def delete(self, request: Request) -> Response:
        """Sign out."""
        SessionAuthentication().enforce_csrf(request)
        logout(request._request)
        request.user = request._request.user
        response = _session_response(request)
        response.delete_cookie(settings.SESSION_COOKIE_NAME)
        return response


def _session_response(request: Request) -> Response:
    limits = {
        "max_upload_bytes": settings.MAX_UPLOAD_BYTES,
        "max_image_pixels": settings.MAX_IMAGE_PIXELS,
    }
    user = request.user if request.user.is_authenticated else None
    session = {
        "user": user,
        "limits": limits,
        "version": settings.VERSION,
        "installation": Installation.the_one().name,
    }
    return Response(SessionOutput(session).data)
