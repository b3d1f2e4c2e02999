"""Celery tasks by name, sent when the transaction commits."""

import logging
from typing import Any

from django.db import transaction

logger = logging.getLogger(__name__)


def enqueue_on_commit(task_name: str, *args: Any) -> None:
    """Send the task once the current transaction commits (at once outside of one).

    `task_name` is the full name ("annotator.jobs.tasks.run_next"): nobody imports another app's tasks.
    A broker that is down costs a log line, never the request: the message is a wake-up call, and the sweeper
    finds the job in its table.
    """
    transaction.on_commit(lambda: _send(task_name, args), robust=True)


def _send(task_name: str, args: tuple[Any, ...]) -> None:
    # Celery takes a fifth of a second to import, which commands that enqueue nothing should not pay.
    from kombu.exceptions import KombuError, OperationalError

    from annotator.celery import app

    try:
        app.send_task(task_name, args=args, retry=False)
    except (KombuError, OperationalError, OSError) as error:
        logger.warning(
            "The broker did not take %s%r: %s. The sweeper will find the work.", task_name, args, error
        )
