"""A folder of installed segmenters of its own. Without torch some tests cannot even be read."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from pytest_django import Settings

# They carry the mark `more`, which `make test-more` runs after it has installed torch.
collect_ignore = [] if find_spec("torch") else ["test_end_to_end.py", "test_refused_checkpoints.py"]


@pytest.fixture
def segmenters_folder(settings: Settings, tmp_path: Path) -> Path:
    """Empty at first."""
    settings.SEGMENTERS_DIR = tmp_path / "segmenters"
    return tmp_path / "segmenters"
