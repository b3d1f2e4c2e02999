"""Why a checkpoint cannot be had, or not under this name."""

from __future__ import annotations

from typing import ClassVar

from segmentation.errors import SegmentationError


class BadSegmenterName(SegmentationError):
    code: ClassVar[str] = "bad_segmenter_name"


class NotInstalled(SegmentationError):
    code: ClassVar[str] = "segmenter_not_installed"


class AlreadyInstalled(SegmentationError):
    code: ClassVar[str] = "segmenter_already_installed"


class RecordUnreadable(SegmentationError):
    code: ClassVar[str] = "segmenter_record_unreadable"
