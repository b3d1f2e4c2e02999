"""What apps above this one do when a project is deleted: they register here."""

from collections.abc import Callable

from annotator.projects.models import Project

Cleanup = Callable[[], None]
PrepareCleanup = Callable[[Project], Cleanup]

_registered: list[PrepareCleanup] = []


def on_project_deletion(prepare: PrepareCleanup) -> None:
    """`prepare` is called while the project's rows are still there; what it returns runs after the commit."""
    _registered.append(prepare)


def prepare_cleanups(project: Project) -> list[Cleanup]:
    return [prepare(project) for prepare in _registered]
