"""A progress bar of bytes on stderr; one line for each tenth where nobody watches."""

import sys
import time
from typing import TextIO

WIDTH = 30
REDRAW_SECONDS = 0.1


class ByteBar:
    """Call it with the bytes that are here and, where known, the bytes in all."""

    def __init__(self, label: str, stream: TextIO | None = None) -> None:
        self._label = label
        self._stream = stream or sys.stderr
        self._watched = self._stream.isatty()
        self._started: tuple[float, int] | None = None  # time and bytes at the first call
        self._shown = -1.0

    def __call__(self, done: int, total: int | None) -> None:
        now = time.monotonic()
        self._started = self._started or (now, done)
        ended = total is not None and done >= total
        step = now if self._watched else (10 * done // total if total else done // 100_000_000)
        if not ended and step - self._shown < (REDRAW_SECONDS if self._watched else 1):
            return
        self._shown = step
        self._stream.write(self._text(done, total, now) + ("\n" if ended or not self._watched else ""))
        self._stream.flush()

    def _text(self, done: int, total: int | None, now: float) -> str:
        assert self._started is not None, "set by the caller"  # noqa: S101
        seconds = now - self._started[0]
        rate = (done - self._started[1]) / seconds if seconds > 0 else 0.0
        start = "\r" if self._watched else ""
        if not total:
            return f"{start}{self._label}  {done / 1e6:,.1f} MB"
        filled = WIDTH * done // total
        bar = f"[{'#' * filled}{'.' * (WIDTH - filled)}] {100 * done // total:3d} %"
        return (
            f"{start}{self._label}  {bar}  {done / 1e6:,.1f} of {total / 1e6:,.1f} MB  {rate / 1e6:,.1f} MB/s"
        )
