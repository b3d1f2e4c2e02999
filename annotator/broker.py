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

MAX_WAIT_SECONDS = 0.25


class Channel(filesystem.Channel):
    """Kombu's own channel creates the file, then writes it: a reader between the two gets half."""

    def _put(self, queue: str, payload: dict[str, Any], **_: Any) -> None:  # type: ignore[override]
        folder = Path(self.data_folder_out)
        name = f"{time.time_ns()}-{uuid4().hex}.{queue}.msg"
        unfinished = folder / f".{name}"
        unfinished.write_text(json.dumps(payload))
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

    def drain_events(self, connection: Any, timeout: float | None = None, **_: Any) -> None:
        """One event, or socket.timeout. Celery would wait 2 s, and it looks at signals between waits only."""
        super().drain_events(connection, timeout=min(timeout or MAX_WAIT_SECONDS, MAX_WAIT_SECONDS))


def use_for_filesystem_urls() -> None:
    """Let `filesystem://` mean this transport, for workers and for senders."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
