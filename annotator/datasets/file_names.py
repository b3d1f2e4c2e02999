"""Unique file names for the images of an export."""

from pathlib import PurePosixPath


class FileNames:
    """Gives out names; the first to ask for one gets it, later ones get theirs with their image id.

    Case does not tell names apart, because it does not on every file system. Asked in the order of image
    ids, an image keeps its name when others are added later.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, name: str, *, image_id: int) -> str:
        path = PurePosixPath(name)
        candidate, extra = name, 0
        while candidate.casefold() in self._taken:
            suffix = f"-{image_id}" if extra == 0 else f"-{image_id}-{extra}"
            candidate = f"{path.stem}{suffix}{path.suffix}"
            extra += 1
        self._taken.add(candidate.casefold())
        return candidate
