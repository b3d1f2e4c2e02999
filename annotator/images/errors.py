from annotator.common.errors import Invalid, NotFound


class ImageNotFound(NotFound):
    message = "There is no such image, or you are not a member of its project."


class ImageFileMissing(NotFound):
    code = "image_file_missing"

    def __init__(self, filename: str) -> None:
        super().__init__(
            f"The file of {filename} is gone from the data folder. Restore it from a backup, "
            "or delete the image and upload it again."
        )


class TileNotFound(NotFound):
    code = "tile_not_found"
    message = "The image has no such tile. Its `tile_url` is null if it is served as a whole only."


class NoValueWindow(Invalid):
    code = "no_value_window"
    message = (
        "Only originals of numbers, such as 16-bit greys, have a window of values, and `high` must be more "
        "than `low`. The image's `values` tell its range."
    )


class UploadTooLarge(Invalid):
    code = "upload_too_large"
    status = 413

    def __init__(self, *, limit_bytes: int) -> None:
        super().__init__(
            f"The file is larger than {limit_bytes / 1e6:.0f} MB, which is the most this server takes. "
            "Make it smaller, or ask the operator to raise MAX_UPLOAD_BYTES.",
            data={"limit_bytes": limit_bytes},
        )


class UploadMissing(Invalid):
    code = "upload_missing"
    message = "Send one image as the multipart field `file`."


class ImageUnreadable(Invalid):
    """The bytes are no image that can be shown; the sentence says which and why."""

    code = "image_unreadable"
