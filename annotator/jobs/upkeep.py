"""What a worker tidies up now and then. Apps register functions that may run twice at once."""

import logging
import threading
from collections.abc import Callable
from importlib import import_module
from typing import cast

from django.db import Error, connection

logger = logging.getLogger(__name__)

FIRST_AFTER_SECONDS = 60.0
EVERY_SECONDS = 3600.0

_paths: list[str] = []


def register_upkeep(path: str) -> None:
    """`path` is "package.module:function": takes nothing, and counts the files it removed or made."""
    if path not in _paths:
        _paths.append(path)


def run_upkeep() -> dict[str, int]:
    """Do it all now. Answers how many files were removed or made, by path."""
    return {path: _load(path)() for path in _paths}


def _load(path: str) -> Callable[[], int]:
    module_name, _, function_name = path.partition(":")
    return cast(Callable[[], int], getattr(import_module(module_name), function_name))


class UpkeepThread(threading.Thread):
    """Beside the sweeper, for as long as the worker lives."""

    def __init__(self) -> None:
        super().__init__(name="upkeep", daemon=True)
        self.ended = threading.Event()

    def run(self) -> None:
        wait = FIRST_AFTER_SECONDS
        while not self.ended.wait(wait):
            wait = EVERY_SECONDS
            try:
                removed = run_upkeep()
            except (Error, OSError):
                # The database or a folder is away: the next round may find them.
                logger.warning("Upkeep could not be finished this time", exc_info=True)
            else:
                logger.info("Upkeep removed or made %s files", sum(removed.values()))
            finally:
                # An hour is long for an idle connection.
                connection.close()
