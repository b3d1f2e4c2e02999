"""The shell of the single-page application, the sign-in link, and the health check."""

import logging

from django.conf import settings
from django.contrib.auth import login
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from annotator.accounts.actions import redeem_sign_in_link

logger = logging.getLogger(__name__)

NOT_BUILT = (
    "The pages of Maskwright are not built yet. Run `make run`, or `npm ci && npm run build` in frontend/. "
    "The API under /api/v1/ works all the same.\n"
)
USED_LINK_URL = "/?link=used"
# The page runs our own scripts and workers only, and talks to this server only. React sets inline styles.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "worker-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' blob: data:",
        "font-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)


@never_cache
@ensure_csrf_cookie
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The built page for every address of the application; `/?token=…` signs in first."""
    if request.path == "/" and request.method == "GET" and (secret := request.GET.get("token")):
        return _sign_in(request, secret)
    try:
        page = (settings.STATIC_ROOT / "app" / "index.html").read_bytes()
    except FileNotFoundError:
        return HttpResponse(NOT_BUILT, content_type="text/plain; charset=utf-8", status=503)
    return HttpResponse(page, headers={"Content-Security-Policy": CONTENT_SECURITY_POLICY})


def _sign_in(request: HttpRequest, secret: str) -> HttpResponse:
    """Use up the link. Whoever is signed in already stays so, even if the link is used or too old."""
    user = redeem_sign_in_link(secret)
    if user is not None:
        login(request, user)
    return HttpResponseRedirect("/" if request.user.is_authenticated else USED_LINK_URL)


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 when the server can reach its database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("The database does not answer")
        return JsonResponse({"status": "no database", "version": settings.VERSION}, status=503)
    return JsonResponse({"status": "ok", "version": settings.VERSION})
