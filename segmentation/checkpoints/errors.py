"""Why a checkpoint cannot be had, or not under this name. Each message says what to do."""

from __future__ import annotations

from typing import ClassVar

from segmentation.errors import SegmentationError


class UnknownCheckpoint(SegmentationError):
    code: ClassVar[str] = "unknown_checkpoint"


class BadSegmenterName(SegmentationError):
    code: ClassVar[str] = "bad_segmenter_name"


class NotInstalled(SegmentationError):
    code: ClassVar[str] = "segmenter_not_installed"


class AlreadyInstalled(SegmentationError):
    code: ClassVar[str] = "segmenter_already_installed"


class RecordUnreadable(SegmentationError):
    code: ClassVar[str] = "segmenter_record_unreadable"


class NothingToAdd(SegmentationError):
    code: ClassVar[str] = "nothing_to_add"


class ServerUnreachable(SegmentationError):
    """No network, no answer, or a connection that broke again and again."""

    code: ClassVar[str] = "server_unreachable"


class DownloadRefused(SegmentationError):
    """The server answered, and not with the file."""

    code: ClassVar[str] = "download_refused"


class LicenceNotAccepted(SegmentationError):
    code: ClassVar[str] = "licence_not_accepted"


class WrongHash(SegmentationError):
    code: ClassVar[str] = "wrong_hash"


class DiskFull(SegmentationError):
    code: ClassVar[str] = "disk_full"

    @classmethod
    def while_writing(cls, place: object, *, needed: int | None = None) -> DiskFull:
        more = f" {needed / 1e6:,.0f} MB are needed." if needed else ""
        return cls(f"The disk of {place} is full.{more} Free some space, then run the same command again.")


class TorchMissing(SegmentationError):
    code: ClassVar[str] = "torch_missing"

    def __init__(self, purpose: str) -> None:
        super().__init__(f"{purpose} needs torch, which is not installed. Run `make torch`, then try again.")


class ExportFailed(SegmentationError):
    code: ClassVar[str] = "export_failed"
