"""The message that tells a worker to look into the table, which decides what job is next."""

from annotator.common.enqueue import enqueue_on_commit

WORK_TASK = "annotator.jobs.tasks.work"


def send_wakeup(lane: str) -> None:
    """Once the current transaction commits. A lost message costs seconds: the sweeper calls again."""
    enqueue_on_commit(WORK_TASK, lane)
