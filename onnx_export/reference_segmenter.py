"""A published checkpoint as a segmenter, all in torch and float32: what everything else is compared with."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from segmentation.prompts import Prompt
from segmentation.segmenters.base import CandidateMask, ImageEmbedding
from segmentation.segmenters.exported import labelled_points
from segmentation.segmenters.promptable import PromptableNetwork
from segmentation.segmenters.torch_runtime.encoder import TorchEncoder
from segmentation.segmenters.torch_runtime.placement import Placement


class ReferenceSegmenter:
    """`encode` and `decode` of `segmenters.base.Segmenter`, by the plain decoder."""

    def __init__(self, network: PromptableNetwork) -> None:
        self.network = network
        self._encoder = TorchEncoder(network, Placement(torch.device("cpu"), torch.float32))

    def encode(self, image: NDArray[np.uint8]) -> ImageEmbedding:
        return self._encoder.encode([self._encoder.prepare(image)])[0]

    @torch.inference_mode()
    def decode(self, embedding: ImageEmbedding, prompt: Prompt) -> list[CandidateMask]:
        """All masks, the best first: for a single point of the multi-mask tokens, else token 0."""
        tensors = [torch.from_numpy(embedding.tensors[spec.name]) for spec in self.network.embedding]
        points = labelled_points(prompt, embedding, padding_point=self.network.padding_point)
        coords, labels = (torch.from_numpy(array) for array in points)
        logits, scores = (each[0].numpy() for each in self.network.decoder(*tensors, coords, labels, None))
        is_one_point = len(prompt.point_labels) == 1 and prompt.box_xyxy is None
        best = 1 + int(scores[1:].argmax()) if is_one_point and len(scores) > 1 else 0
        order = [best, *(token for token in range(len(scores)) if token != best)]
        return [CandidateMask(logits[token], float(scores[token])) for token in order]
