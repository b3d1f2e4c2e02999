"""How an attempt at a job is written down when it is over."""

import logging
from typing import Any

from annotator.common.errors import MaskwrightError
from annotator.jobs import claims
from annotator.jobs.claims import JobClaim
from annotator.jobs.runs import ClaimLost, JobCancelled, WorkerStopping
from segmentation.errors import SegmentationError

logger = logging.getLogger(__name__)

UNEXPECTED = (
    "Something went wrong that is not your fault. Retry the job; if it fails again, tell the operator: "
)


def end_with_result(claim: JobClaim, result: dict[str, Any]) -> None:
    if claims.finish_succeeded(claim, result=result):
        logger.info("Job %s (%s) done", claim.job.id, claim.job.kind)


def end_with_error(claim: JobClaim, error: Exception) -> None:
    """Reasons to stop, expected failures with their own sentence, and everything else with a general one."""
    job = claim.job
    match error:
        case JobCancelled():
            claims.finish_cancelled(claim, message=str(error))
        case WorkerStopping():
            claims.give_back(claim)
        case ClaimLost():
            logger.warning("Job %s (%s) is owned by another worker now", job.id, job.kind)
        case MaskwrightError() | SegmentationError():
            logger.info("Job %s (%s) failed: %s", job.id, job.kind, error.message)
            claims.finish_failed(claim, code=error.code, message=error.message)
        case _:
            logger.error("Job %s (%s) failed unexpectedly", job.id, job.kind, exc_info=error)
            claims.finish_failed(claim, code="job_failed", message=f"{UNEXPECTED}job {job.id}.")
