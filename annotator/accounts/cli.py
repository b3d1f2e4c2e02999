"""What the account commands share."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from annotator.accounts.actions import get_or_create_user
from annotator.accounts.models import User
from annotator.common.cli import database_needed


def find_or_make_user(command: BaseCommand, username: str) -> User:
    """The user of that name; a new one is announced on stderr: stdout holds only what was asked for."""
    try:
        User._meta.get_field("username").clean(username, None)
    except ValidationError as error:
        raise CommandError(f"{username!r} cannot be a user name. {error.messages[0]}") from error
    with database_needed():
        user, created = get_or_create_user(username)
    if created:
        command.stderr.write(f"There was no user {username}; made one.")
    return user
