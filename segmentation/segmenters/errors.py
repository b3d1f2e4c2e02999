"""What adapters refuse, importable without torch."""

from __future__ import annotations

from typing import ClassVar

from segmentation.errors import SegmentationError


class CheckpointRefused(SegmentationError):
    """A file or folder that cannot be, or must not be, loaded as the checkpoint that it should be."""

    code: ClassVar[str] = "checkpoint_refused"
