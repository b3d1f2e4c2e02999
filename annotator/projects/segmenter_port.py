"""What projects need of segmenters. The embeddings app, which stands above this one, plugs itself in."""

from typing import Protocol

from annotator.accounts.models import User
from annotator.projects.models import Project


class SegmenterPort(Protocol):
    def check_usable(self, name: str) -> None:
        """Raises a MaskwrightError where a project cannot have the segmenter of that name."""

    def changed(self, project: Project, *, user: User | None) -> None:
        """Have the project's images embedded anew. Runs in the transaction that changes the segmenter."""


_plugged: list[SegmenterPort] = []


def plug_in(port: SegmenterPort) -> None:
    """Called once, when the embeddings app is ready."""
    _plugged[:] = [port]


def segmenters() -> SegmenterPort:
    return _plugged[0]
