from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from annotator.accounts.actions import create_api_token
from annotator.accounts.cli import find_or_make_user


class Command(BaseCommand):
    help = "Print a new API token for a user, who is made if there is none of this name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *_args: Any, username: str, **_options: Any) -> None:
        user = find_or_make_user(self, username)
        self.stdout.write(create_api_token(user))
