from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from annotator.accounts.models import User


def signed_in_user(request: Request) -> User:
    """The user of a request that needs one; views that anybody may call do not ask."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user
