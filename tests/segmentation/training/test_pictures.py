"""The picture grid of the model card."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from segmentation.registry import load_segmenter
from segmentation.training.pictures import CASES, draw_cases, tinted

pytestmark = pytest.mark.more

PHOTOS = Path(__file__).parents[3] / "annotator" / "demo" / "photos"


def test_a_mask_is_blue_on_grey() -> None:
    image = np.full((2, 2, 3), (200, 100, 0), np.uint8)
    mask = np.array([[True, False], [False, False]])
    shown = tinted(image, mask).astype(int)
    assert shown[0, 0, 2] > shown[0, 0, 0]
    assert np.ptp(shown[1, 1]) == 0


def test_every_case_is_drawn(tmp_path: Path) -> None:
    draw_cases(load_segmenter("pocket"), PHOTOS, CASES[-2:], mask_stride=4).savefig(tmp_path / "cases.png")
    assert (tmp_path / "cases.png").stat().st_size > 10_000
