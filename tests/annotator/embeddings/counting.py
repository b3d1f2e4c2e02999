"""A small segmenter without weights: its embedding is block means. It counts what it is asked for."""

import os
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from segmentation.prompts import Prompt
from segmentation.segmenters.base import CandidateMask, ImageEmbedding, OneImageAtATime, SegmenterSpec

BLOCK = 8
# Set for worker processes: where to write a line when an encoding begins and ends, how long it takes, and how
# many images make a batch.
LOG = "COUNTING_LOG"
SECONDS = "COUNTING_SECONDS"
BATCH = "COUNTING_BATCH"


class CountingSegmenter(OneImageAtATime):
    """`encode_calls` counts; the lines of the log name the mean of the image, which tells images apart."""

    def __init__(self, spec: SegmenterSpec) -> None:
        self.spec = spec
        self.encode_calls = 0
        self.batch_size = int(os.environ.get(BATCH, 1))

    def encode(self, image: NDArray[np.uint8]) -> ImageEmbedding:
        self.encode_calls += 1
        name = f"{image.mean():.3f}"
        _log(f"begin {name}")
        time.sleep(float(os.environ.get(SECONDS, 0)))
        height, width = image.shape[0] // BLOCK * BLOCK, image.shape[1] // BLOCK * BLOCK
        blocks = image[:height, :width].reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK, 3)
        means = blocks.mean(axis=(1, 3), dtype=np.float32).transpose(2, 0, 1)[None]
        _log(f"end {name}")
        return ImageEmbedding((image.shape[0], image.shape[1]), (height, width), {"means": means})

    def decode(self, embedding: ImageEmbedding, prompt: Prompt) -> list[CandidateMask]:
        grey = embedding.tensors["means"].mean(axis=(0, 1))
        return [CandidateMask((grey - grey.mean()).astype(np.float32), 0.5)]


def load(spec: SegmenterSpec, *, threads: int) -> CountingSegmenter:
    return CountingSegmenter(spec)


SPEC = SegmenterSpec(
    name="counting",
    family="counting",
    import_path=f"{__name__}:load",
    manifest_path=Path(__file__).parent / "counting_manifest.json",
    codec="fp16-1",
)


def _log(line: str) -> None:
    if path := os.environ.get(LOG):
        with Path(path).open("a") as file:
            file.write(line + "\n")
