"""The one kind of error that people and programs are meant to read."""

from typing import Any, ClassVar


class MaskwrightError(Exception):
    """Something was refused, and the sentence says what to do about it.

    A subclass fixes `code`, `status` and, where it needs no details, `message`. Raised in actions and access
    functions; `annotator.common.api.handle_exception` turns it into `{"code", "message", "data"}`.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    message: str = "The request could not be carried out."

    def __init__(self, message: str | None = None, *, data: dict[str, Any] | None = None) -> None:
        if message is not None:
            self.message = message
        self.data: dict[str, Any] = data or {}
        super().__init__(self.message)


class NotFound(MaskwrightError):
    """Missing, or not yours to see: both answer alike, so that no one learns which ids exist."""

    code = "not_found"
    status = 404
    message = "There is nothing here, or you may not see it."


class Invalid(MaskwrightError):
    """The input was understood but cannot be accepted as it is."""

    code = "invalid"
    status = 400
    message = "The input is not valid."


class Forbidden(MaskwrightError):
    """The row may be seen, but not changed in this way by this person."""

    code = "forbidden"
    status = 403
    message = "Your role does not allow this."


class Conflict(MaskwrightError):
    """What is stored does not allow this now."""

    code = "conflict"
    status = 409
    message = "What is stored has changed in the meantime. Load it again."
