"""A small network with seeded random weights. Without torch its tests cannot even be read."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from tests.segmentation.small_pocket import seeded_network

if TYPE_CHECKING:
    from segmentation.segmenters.pocket.network import PocketNetwork

# They carry the mark `more`, which `make test-more` runs after it has installed torch.
collect_ignore = (
    []
    if find_spec("torch")
    else [
        "test_pocket_export.py",
        "test_segmenter_export.py",
        "test_wire_codecs.py",
    ]
)


@pytest.fixture(scope="session")
def network() -> PocketNetwork:
    return seeded_network()
