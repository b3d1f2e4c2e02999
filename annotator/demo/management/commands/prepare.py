import json
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from annotator.accounts.actions import LOCAL_USERNAME, create_sign_in_link, get_or_create_user
from annotator.accounts.links import sign_in_url
from annotator.accounts.models import User
from annotator.demo.models import DemoLoad


class Command(BaseCommand):
    help = "Make everything ready to serve: tables, the local user, the demo project, a one-use sign-in link."
    # They import every view, which costs more than all the rest when there is nothing to do.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help='print {"url": …} instead of a sentence')

    def handle(self, *_args: Any, **options: Any) -> None:
        _migrate_if_needed()
        user, _ = get_or_create_user(LOCAL_USERNAME)
        if not DemoLoad.objects.exists():
            _load_demo_project(user)
        url = sign_in_url(create_sign_in_link(user))
        self.stdout.write(json.dumps({"url": url}) if options["json"] else f"Open {url}")


def _migrate_if_needed() -> None:
    """Asking costs a tenth of what `migrate` does, which also updates permissions and content types."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def _load_demo_project(user: User) -> None:
    # Reading photos takes libraries that later starts do not need.
    from annotator.demo.actions import load_demo_project

    load_demo_project(user)
