"""What a segmenter is: `encode` an image once, `decode` each prompt. No state between the two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from segmentation.prompts import Prompt

WireCodec = Literal["fp16-1", "int8-2"]
PreparedImage = Any  # what a segmenter's `prepare` gives; only that segmenter knows what is in it


@dataclass(frozen=True)
class SegmenterSpec:
    """What is known of a segmenter before anything heavy is imported."""

    name: str
    family: str
    import_path: str  # "package.module:function"; called as `function(spec, threads=n)`, answers a Segmenter
    manifest_path: Path  # manifest.json beside the graphs
    codec: WireCodec  # of its image embeddings
    checkpoint_path: Path | None = None  # file or folder as published, for torch; None: exported graphs only


@dataclass(frozen=True, eq=False)
class ImageEmbedding:
    """Encoder output for one image."""

    original_hw: tuple[int, int]
    input_hw: tuple[int, int]  # after the segmenter's resize
    tensors: Mapping[str, NDArray[np.float32]]  # names and shapes as the manifest's `embedding` says


@dataclass(frozen=True, eq=False)
class CandidateMask:
    """One proposal for a prompt."""

    low_res_logits: NDArray[np.float32]  # (h, w), unbounded, > mask_threshold is foreground
    predicted_iou: float  # the segmenter's own estimate, about 0..1


class Segmenter(Protocol):
    """Prediction is a function of its arguments: `decode(encode(image), prompt)`."""

    @property
    def spec(self) -> SegmenterSpec: ...

    @property
    def batch_size(self) -> int:
        """How many images `encode_batch` takes at once, where more would gain nothing or not fit."""
        ...

    def encode(self, image: NDArray[np.uint8]) -> ImageEmbedding:
        """Embed an image (H, W, 3) RGB, as shown to the annotator."""
        ...

    def prepare(self, image: NDArray[np.uint8]) -> PreparedImage:
        """Resize an image (H, W, 3) RGB for the encoder. Runs in any thread, beside an encoding."""
        ...

    def encode_batch(self, prepared: Sequence[PreparedImage]) -> list[ImageEmbedding]:
        """Embed prepared images, each of its own size; embeddings in their order."""
        ...

    def decode(self, embedding: ImageEmbedding, prompt: Prompt) -> list[CandidateMask]:
        """Candidate masks, best first: by the decoder's ranks, else by predicted IoU; at least one."""
        ...


class OneImageAtATime:
    """`prepare` and `encode_batch` for a segmenter that gains nothing from batches."""

    batch_size = 1

    def encode(self, image: NDArray[np.uint8]) -> ImageEmbedding:
        raise NotImplementedError

    def prepare(self, image: NDArray[np.uint8]) -> PreparedImage:
        """The image itself: `encode` does the rest."""
        return image

    def encode_batch(self, prepared: Sequence[PreparedImage]) -> list[ImageEmbedding]:
        """One embedding for each image, in their order."""
        return [self.encode(image) for image in prepared]
