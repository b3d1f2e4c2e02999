"""A thread that says every few seconds that jobs are still being worked on."""

import logging
import threading
from collections.abc import Callable, Sequence
from types import TracebackType

from django.conf import settings
from django.db import Error, connection

from annotator.jobs import claims
from annotator.jobs.claims import JobClaim

logger = logging.getLogger(__name__)


class Heartbeat:
    """`with Heartbeat(lambda: claims): work()`, for the claims of the moment.

    The first beat comes after one interval, so short jobs pay nothing.
    """

    def __init__(self, claims_now: Callable[[], Sequence[JobClaim]]) -> None:
        self._claims_now = claims_now
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

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
                for claim in self._claims_now():
                    self._beat(claim)
        finally:
            connection.close()

    def _beat(self, claim: JobClaim) -> None:
        """A claim that is lost stays so; the job itself notices at its next report or when it finishes."""
        try:
            claims.beat(claim)
        except Error:
            # A database that is away for a moment must not end the heartbeat: the next one may succeed.
            logger.warning("Heartbeat of job %s could not be written", claim.job.id, exc_info=True)
            connection.close()
