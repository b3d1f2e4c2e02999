from annotator.common.errors import Conflict, NotFound


class JobNotFound(NotFound):
    message = "There is no such job, or you are not a member of its project."


class JobNotRetryable(Conflict):
    code = "job_not_retryable"

    def __init__(self, *, state: str) -> None:
        super().__init__(
            f"Only a failed or cancelled job can be retried, and this one is {state}.", data={"state": state}
        )
