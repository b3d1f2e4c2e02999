"""The codec that a segmenter's spec names does no harm to its masks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from onnx_export.wire_codecs import CODECS, held_back_samples, measure_codecs, through_wire
from segmentation.registry import get_spec, load_segmenter
from segmentation.segmenters.base import ImageEmbedding

HARMLESS = 0.995  # mean IoU with the masks of the fp32 embedding


def test_int8_is_half_of_fp16() -> None:
    tensors = {"image_embedding": np.ones((1, 64, 48, 48), np.float32)}
    embedding = ImageEmbedding((384, 384), (384, 384), tensors)
    sizes = {codec: through_wire(embedding, codec)[1] for codec in CODECS}
    assert sizes["int8-1"] == pytest.approx(sizes["fp16-1"] / 2, rel=0.01)


@pytest.mark.more
def test_the_codec_of_the_spec_is_harmless(shared_data: Path) -> None:
    samples = held_back_samples(shared_data / "regions", limit=30)
    figures = {row.codec: row for row in measure_codecs(load_segmenter("pocket"), samples)}
    assert figures[get_spec("pocket").codec].mean_iou >= HARMLESS
    assert figures["fp16-1"].mean_iou >= 0.9995
