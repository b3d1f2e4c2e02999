"""Making and recognising secrets that live outside of the database."""

import hashlib
import secrets

SECRET_BYTES = 32


def make_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


def digest_of(secret: str) -> str:
    """sha256 hex. The secrets are random and long, so a slow password hash would add nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()
