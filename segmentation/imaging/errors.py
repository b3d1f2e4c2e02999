"""Why a file cannot be shown, in one sentence for the annotator who uploaded it."""

from __future__ import annotations

from typing import ClassVar

from segmentation.errors import SegmentationError

ALLOWED_NAMES = "JPEG, PNG, WebP, TIFF, BMP or GIF"


class UnreadableImage(SegmentationError):
    """Base of the errors below; raised itself by nobody."""

    code: ClassVar[str] = "image_unreadable"


class EmptyFile(UnreadableImage):
    code: ClassVar[str] = "image_file_empty"

    def __init__(self) -> None:
        super().__init__("The file is empty. Check that it was copied completely, then upload it again.")


class NotAnImage(UnreadableImage):
    code: ClassVar[str] = "not_an_image"

    def __init__(self, kind: str | None = None) -> None:
        what = f"{kind}, not an image" if kind else "not an image that can be read"
        super().__init__(f"The file is {what}. Upload a {ALLOWED_NAMES} file.")


class UnsupportedFormat(UnreadableImage):
    code: ClassVar[str] = "image_format_unsupported"

    def __init__(self, format_name: str) -> None:
        super().__init__(
            f"The file is {format_name}, which is not supported. "
            f"Convert it and upload a {ALLOWED_NAMES} file."
        )


class UnsupportedVariant(UnreadableImage):
    """The right format with a pixel layout or compression that cannot be decoded."""

    code: ClassVar[str] = "image_variant_unsupported"

    def __init__(self, format_name: str) -> None:
        super().__init__(
            f"The {format_name} file is damaged, or of a kind that cannot be read. "
            "Open it in an image editor, save it as PNG, and upload that."
        )


class TruncatedImage(UnreadableImage):
    code: ClassVar[str] = "image_truncated"

    def __init__(self, format_name: str) -> None:
        super().__init__(
            f"The {format_name} file ends before the image does. Copy it again from where it came from, "
            "then upload it again."
        )


class ImageTooLarge(UnreadableImage):
    """`size` is (width, height), None where the file claims one that is beyond all reason."""

    code: ClassVar[str] = "image_too_large"

    def __init__(self, size: tuple[int, int] | None, *, max_pixels: int, max_side: int) -> None:
        claim = f"is {size[0]} x {size[1]} pixels" if size else "claims to have more pixels than can be"
        super().__init__(
            f"The image {claim}; at most {max_side} on a side and {max_pixels / 1e6:g} million in all "
            "are accepted. Scale it down or cut it into tiles."
        )


class ImageWithoutPixels(UnreadableImage):
    code: ClassVar[str] = "image_without_pixels"

    def __init__(self) -> None:
        super().__init__("The image has a width or height of zero. Export it again from where it came from.")
