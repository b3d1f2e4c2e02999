"""The cookie of the signed-in page."""

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse


class PageSessions(SessionMiddleware):
    """Django's middleware, but the session's cookie goes only where a view deletes it, as signing out does.

    Django also takes it away in the answer to a request whose session has ended. A page has several requests
    under way: one that is answered after somebody has signed in again would take the new session's cookie.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        name = settings.SESSION_COOKIE_NAME
        is_meant = name in response.cookies
        response = super().process_response(request, response)
        if name in response.cookies and response.cookies[name]["max-age"] == 0 and not is_meant:
            del response.cookies[name]
        return response
