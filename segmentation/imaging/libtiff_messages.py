"""libtiff writes about damaged files to the process's stderr; our errors say it better.

Pillow has no switch for that, so its own copy of the library, where a wheel brings one, is told
directly. Elsewhere the lines stay: noise in a log, nothing worse.
"""

from __future__ import annotations

import ctypes
from functools import cache
from pathlib import Path

import PIL

_PACKAGE = Path(PIL.__file__).parent
_BUNDLED = (_PACKAGE.parent / "pillow.libs", _PACKAGE / ".dylibs")  # Linux, macOS wheels


@cache
def silence_libtiff() -> None:
    """Take away libtiff's message handlers, once for the process."""
    for path in (path for folder in _BUNDLED for path in folder.glob("libtiff*")):
        library = ctypes.CDLL(str(path))
        for setter in (library.TIFFSetErrorHandler, library.TIFFSetWarningHandler):
            setter.argtypes, setter.restype = [ctypes.c_void_p], ctypes.c_void_p
            setter(None)
