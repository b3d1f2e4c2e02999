"""The Celery side of jobs: the wake-up call, and what a worker does when it starts and stops."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready, worker_shutting_down

from annotator.jobs.runs import worker_is_stopping
from annotator.jobs.sweeper import SweeperThread
from annotator.jobs.upkeep import UpkeepThread
from annotator.jobs.wakeups import WORK_TASK
from annotator.jobs.worker import drain_lane


@shared_task(name=WORK_TASK)
def work(lane: str) -> None:
    drain_lane(lane)


@worker_ready.connect
def start_threads(**_: Any) -> None:
    SweeperThread().start()
    UpkeepThread().start()


@worker_shutting_down.connect
def stop_working(**_: Any) -> None:
    worker_is_stopping.set()
