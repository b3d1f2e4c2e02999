"""The address of a sign-in link."""

import os
from urllib.parse import urlencode


def local_url() -> str:
    """Where this server answers on this machine; honours PORT."""
    return f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/"


def sign_in_url(secret: str) -> str:
    return f"{local_url()}?{urlencode({'token': secret})}"
