"""`manage.py upkeep`: what a worker does once an hour, by hand."""

from typing import Any

from django.core.management.base import BaseCommand

from annotator.jobs.upkeep import run_upkeep


class Command(BaseCommand):
    help = "Remove files that no row needs any more: of deleted images and projects, and old exports."

    def handle(self, **options: Any) -> None:  # noqa: ARG002
        self.stdout.write(f"{sum(run_upkeep().values())} file(s) removed.")
