"""Kombu's file-system broker, made safe for several readers.

A message is a file that appears whole and is taken once.
"""

import json
import time
from pathlib import Path
from queue import Empty
from typing import Any
from uuid import uuid4

from kombu.transport import TRANSPORT_ALIASES, filesystem


class Channel(filesystem.Channel):
    """Kombu's own channel creates the file, then writes it: a reader between the two gets half."""

    def _put(self, queue: str, message: Any, **_: Any) -> None:
        folder = Path(self.data_folder_out)
        name = f"{time.time_ns()}-{uuid4().hex}.{queue}.msg"
        unfinished = folder / f".{name}"
        unfinished.write_text(json.dumps(message))
        unfinished.rename(folder / name)

    def _get(self, queue: str, timeout: float | None = None) -> Any:  # noqa: ARG002
        """The oldest message of the queue. Of two readers the one whose `unlink` succeeds has it."""
        for path in sorted(Path(self.data_folder_in).glob(f"[0-9]*.{queue}.msg")):
            try:
                text = path.read_text()
                path.unlink()
            except FileNotFoundError:
                continue
            return json.loads(text)
        raise Empty


class Transport(filesystem.Transport):
    Channel = Channel


def use_for_filesystem_urls() -> None:
    """Let `filesystem://` mean this transport, for workers and for senders."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
