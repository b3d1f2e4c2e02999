"""A folder of installed segmenters of its own."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def segmenters_folder(settings: Settings, tmp_path: Path) -> Path:
    """Empty at first."""
    settings.SEGMENTERS_DIR = tmp_path / "segmenters"
    return tmp_path / "segmenters"
