from annotator.common.errors import Conflict, Invalid, NotFound


class ImageGone(Conflict):
    code = "image_gone"

    def __init__(self, filename: str) -> None:
        super().__init__(
            f"The image {filename} was deleted during the export, or its file is gone from the data folder. "
            "Export again; if it happens again, delete that image or restore its file.",
        )


class ExportNotFound(NotFound):
    code = "export_not_found"
    message = "There is no such export, it is not finished, or its file was cleaned up. Export again."


class ExportNotWritten(Conflict):
    code = "export_not_written"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The export could not be written: {reason}. Make room or choose another folder.")


class OutputNotEmpty(Invalid):
    code = "output_not_empty"

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"{folder} is not an empty folder. Choose another one, or add --force to write into it."
        )
