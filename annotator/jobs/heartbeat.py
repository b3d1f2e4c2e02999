"""A thread that says every few seconds that a job is still being worked on."""

import logging
import threading
from types import TracebackType

from django.conf import settings
from django.db import Error, connection

from annotator.jobs import claims
from annotator.jobs.claims import JobClaim

logger = logging.getLogger(__name__)


class Heartbeat:
    """`with Heartbeat(claim): work()`. The first beat comes after one interval, so short jobs pay nothing."""

    def __init__(self, claim: JobClaim) -> None:
        self._claim = claim
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"heartbeat-{claim.job.id}", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            while not self._ended.wait(settings.JOB_HEARTBEAT_SECONDS):
                if not self._beat():
                    return
        finally:
            connection.close()

    def _beat(self) -> bool:
        """False when the claim is lost; the job itself notices at its next report or when it finishes."""
        try:
            return claims.beat(self._claim)
        except Error:
            # A database that is away for a moment must not end the heartbeat: the next one may succeed.
            logger.warning("Heartbeat of job %s could not be written", self._claim.job.id, exc_info=True)
            connection.close()
            return True
