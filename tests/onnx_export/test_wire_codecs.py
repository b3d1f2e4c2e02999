"""The codec that a segmenter's spec names does no harm to its masks."""

from __future__ import annotations

from pathlib import Path

import pytest

from onnx_export.wire_codecs import held_back_cases, measure_codecs, photo_cases
from segmentation.registry import get_spec, load_segmenter

pytestmark = pytest.mark.more

HARMLESS = 0.995  # mean IoU with the masks of the fp32 embedding
DEMO_PHOTOS = Path(__file__).parents[2] / "annotator" / "demo" / "photos"


def test_the_codec_of_the_spec_is_harmless(shared_data: Path) -> None:
    cases = held_back_cases(shared_data / "regions", limit=30)
    figures = {row.codec: row for row in measure_codecs(load_segmenter("pocket"), cases)}
    assert figures[get_spec("pocket").codec].mean_iou >= HARMLESS
    assert figures["fp16-1"].mean_iou >= 0.9995


def test_prompts_anywhere_on_photos() -> None:
    figures = measure_codecs(load_segmenter("pocket"), photo_cases(DEMO_PHOTOS, limit=2))
    assert {row.prompts for row in figures} == {40}
    assert all(row.mean_iou >= HARMLESS for row in figures)
