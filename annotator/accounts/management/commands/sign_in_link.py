from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from annotator.accounts.actions import LOCAL_USERNAME, create_sign_in_link
from annotator.accounts.cli import find_or_make_user
from annotator.accounts.links import sign_in_url


class Command(BaseCommand):
    help = "Print a link that signs a user in once. Without a name: the user of `make run`."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", nargs="?", default=LOCAL_USERNAME)

    def handle(self, *_args: Any, username: str, **_options: Any) -> None:
        user = find_or_make_user(self, username)
        self.stdout.write(sign_in_url(create_sign_in_link(user)))
