"""What the account commands share."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError

from annotator.accounts.actions import get_or_create_user
from annotator.accounts.models import User


def find_or_make_user(command: BaseCommand, username: str) -> User:
    """The user of that name; a new one is announced on stderr: stdout holds only what was asked for."""
    try:
        User._meta.get_field("username").clean(username, None)
        user, created = get_or_create_user(username)
    except ValidationError as error:
        raise CommandError(f"{username!r} cannot be a user name. {error.messages[0]}") from error
    except (OperationalError, ProgrammingError) as error:
        raise CommandError(
            f"The database is not ready ({error}). Run `make run` or `manage.py prepare` first."
        ) from error
    if created:
        command.stderr.write(f"There was no user {username}; made one.")
    return user
