from collections.abc import Sequence

from annotator.common.errors import Conflict, Invalid, MaskwrightError, NotFound
from annotator.projects.models import Project


class SegmenterNotFound(NotFound):
    code = "segmenter_not_found"


class SegmenterUnknown(Invalid):
    """A project cannot have a segmenter that is not there."""

    code = "segmenter_unknown"

    def __init__(self, name: str, *, known: list[str]) -> None:
        super().__init__(
            f'There is no segmenter "{name}". Choose one of: {", ".join(known)}. The operator adds '
            "others with `python manage.py segmenters`.",
            data={"known": known},
        )


class SegmenterNotExported(Conflict):
    code = "segmenter_not_exported"

    def __init__(self, name: str) -> None:
        super().__init__(
            f'The segmenter "{name}" is installed but not exported, so that browsers cannot use it yet. '
            f"The operator exports it with `python manage.py segmenters export {name}`.",
            data={"segmenter": name},
        )


class GraphNotFound(NotFound):
    code = "graph_not_found"
    message = "This segmenter has no graph with that sha256. Load its manifest again."


class SegmenterUnavailable(MaskwrightError):
    """The installation is not complete; the sentence says what is missing."""

    code = "segmenter_unavailable"
    status = 503


class SegmenterBundled(Conflict):
    code = "segmenter_bundled"

    def __init__(self, name: str) -> None:
        super().__init__(f'The segmenter "{name}" is part of Maskwright and cannot be removed.')


class SegmenterInUse(Conflict):
    code = "segmenter_in_use"

    def __init__(self, name: str, projects: Sequence[Project]) -> None:
        shown = ", ".join(f'"{project.name}" ({project.pk})' for project in projects)
        super().__init__(
            f'The segmenter "{name}" is used by {shown}. Give them another one in the page first, or let '
            "--force give them the bundled one: their images are then embedded anew.",
            data={"projects": [project.pk for project in projects]},
        )
