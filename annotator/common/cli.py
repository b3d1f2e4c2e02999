"""What commands share."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import OperationalError, ProgrammingError


@contextmanager
def database_needed() -> Iterator[None]:
    """A database that is away, or has no tables yet, becomes a sentence."""
    try:
        yield
    except (OperationalError, ProgrammingError) as error:
        raise CommandError(
            f"The database is not ready ({error}). Run `make run` or `manage.py prepare` first."
        ) from error
