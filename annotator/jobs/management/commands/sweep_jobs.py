"""`manage.py sweep_jobs`: what the worker's sweeper thread does, once and by hand."""

from typing import Any

from django.core.management.base import BaseCommand

from annotator.jobs.sweeper import sweep


class Command(BaseCommand):
    help = "Queue the jobs of dead workers again and wake the workers for jobs that wait."

    def handle(self, **options: Any) -> None:  # noqa: ARG002
        recovered = sweep(wake_again_seconds=0)
        self.stdout.write(f"{recovered} job(s) taken from workers that are dead.")
