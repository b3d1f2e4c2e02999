"""A server of files, and no waiting between tries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from segmentation.checkpoints import downloading
from tests.segmentation.checkpoints.http_server import FileServer, file_server


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    monkeypatch.setattr(downloading, "PAUSES_S", (0.0,) * 4)
    monkeypatch.delenv("MASKWRIGHT_OFFLINE_FOLDER", raising=False)
    with file_server() as state:
        yield state
