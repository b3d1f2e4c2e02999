"""How often somebody may guess a password."""

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from annotator.accounts.digests import digest_of


class SignInByAddress(SimpleRateThrottle):
    """All guesses from one address."""

    scope = "sign_in_by_address"
    rate = "60/min"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:  # noqa: ARG002
        if request.method != "POST":
            return None
        return f"{self.scope}:{self.get_ident(request)}"


class SignInByName(SimpleRateThrottle):
    """All guesses for one account, from anywhere."""

    scope = "sign_in_by_name"
    rate = "10/min"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:  # noqa: ARG002
        if request.method != "POST":
            return None
        username = request.data.get("username") if isinstance(request.data, dict) else None
        return f"{self.scope}:{digest_of(str(username).lower())}"
