"""Base class of everything that this package refuses on purpose."""

from __future__ import annotations

from typing import ClassVar


class SegmentationError(Exception):
    """An expected failure: `code` is for programs, `message` is one sentence that says what to do.

    The message is safe to show to an annotator; the technical cause is chained as `__cause__`.
    """

    code: ClassVar[str] = "segmentation_error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
