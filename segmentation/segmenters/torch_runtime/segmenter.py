"""A published segmenter whose images are encoded in torch; prompts are decoded by its exported graphs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
import torch
from numpy.typing import NDArray

from segmentation.errors import SegmentationError
from segmentation.prompts import Prompt
from segmentation.segmenters.base import CandidateMask, ImageEmbedding, PreparedImage, SegmenterSpec
from segmentation.segmenters.exported import ExportedDecoder
from segmentation.segmenters.families import load_network
from segmentation.segmenters.graphs import GraphSessions
from segmentation.segmenters.manifest import Manifest, read_manifest
from segmentation.segmenters.promptable import PromptableNetwork
from segmentation.segmenters.torch_runtime.encoder import TorchEncoder
from segmentation.segmenters.torch_runtime.placement import Placement, choose_placement


class ExportOutdated(SegmentationError):
    """The exported graphs were made for another input than the checkpoint's network takes."""

    code: ClassVar[str] = "export_outdated"


class TorchSegmenter:
    """Implements `segmenters.base.Segmenter`."""

    def __init__(
        self, spec: SegmenterSpec, manifest: Manifest, network: PromptableNetwork, placement: Placement
    ) -> None:
        self.spec = spec
        self._encoder = TorchEncoder(network, placement)
        self._decoder = ExportedDecoder(manifest, GraphSessions(threads=1))

    @property
    def batch_size(self) -> int:
        return self._encoder.batch_size

    def encode(self, image: NDArray[np.uint8]) -> ImageEmbedding:
        return self.encode_batch([self.prepare(image)])[0]

    def prepare(self, image: NDArray[np.uint8]) -> PreparedImage:
        return self._encoder.prepare(image)

    def encode_batch(self, prepared: Sequence[PreparedImage]) -> list[ImageEmbedding]:
        """Raises EncoderOutOfMemory."""
        return self._encoder.encode(prepared)

    def decode(self, embedding: ImageEmbedding, prompt: Prompt) -> list[CandidateMask]:
        return self._decoder.decode(embedding, prompt)


def load(spec: SegmenterSpec, *, threads: int = 1) -> TorchSegmenter:
    """The segmenter on the device that `MASKWRIGHT_DEVICE` names; `threads` is of a CPU.

    Raises ManifestUnreadable, CheckpointRefused, DeviceUnavailable, ExportOutdated.
    """
    if spec.checkpoint_path is None:
        raise ValueError(f"{spec.name} has no checkpoint")
    manifest = read_manifest(spec.manifest_path)
    placement = choose_placement()
    torch.set_num_threads(threads)
    network = load_network(spec.family, spec.checkpoint_path)
    if network.input != manifest.input:
        raise ExportOutdated(
            f'The export of "{spec.name}" is of another version of the program. '
            f"Export it again: python manage.py segmenters export {spec.name}"
        )
    return TorchSegmenter(spec, manifest, network, placement)
