"""The pocket segmenter on ONNX Runtime: no torch, no state between encode and decode."""

from __future__ import annotations

from typing import ClassVar

import cv2
import numpy as np
from numpy.typing import NDArray

from segmentation.errors import SegmentationError
from segmentation.geometry import HW, box_corners, image_to_model, longest_side_hw
from segmentation.prompts import BOX_FIRST_CORNER, BOX_SECOND_CORNER, PADDING, Prompt
from segmentation.segmenters.base import CandidateMask, ImageEmbedding, SegmenterSpec
from segmentation.segmenters.manifest import read_manifest
from segmentation.segmenters.pocket.sessions import GraphSessions


class EmptyPrompt(SegmentationError):
    code: ClassVar[str] = "empty_prompt"


class MaskPromptMismatch(SegmentationError):
    code: ClassVar[str] = "mask_prompt_mismatch"


class PocketSegmenter:
    """Encoder and decoder graphs as a manifest names them."""

    def __init__(self, spec: SegmenterSpec, *, threads: int = 1) -> None:
        self.spec = spec
        self.manifest = read_manifest(spec.manifest_path)
        self._sessions = GraphSessions(threads=threads)

    def encode(self, image: NDArray[np.uint8]) -> ImageEmbedding:
        """Embed an image (H, W, 3) RGB."""
        original_hw = (image.shape[0], image.shape[1])
        input_hw = longest_side_hw(
            original_hw, longest_side=self.manifest.input.size, multiple=self.manifest.input.multiple
        )
        planes = np.ascontiguousarray(resized(image, input_hw).transpose(2, 0, 1))[None]
        tensors = self._sessions.run(self.manifest.encoder.path, {"image": planes})
        return ImageEmbedding(original_hw, input_hw, tensors)

    def decode(self, embedding: ImageEmbedding, prompt: Prompt) -> list[CandidateMask]:
        """Three candidates, best predicted IoU first.

        The prefill runs at each call, a few times cheaper than the decoder; a browser keeps it.
        """
        if prompt.is_empty:
            raise EmptyPrompt("There is nothing to decode. Give a point, a box or an earlier mask.")
        feeds: dict[str, NDArray[np.generic]] = dict(
            self._sessions.run(self.manifest.graphs["prefill"].path, embedding.tensors)
        )
        feeds["point_coords"], feeds["point_labels"] = labelled_points(prompt, embedding)
        graph = "decode"
        if prompt.mask_logits is not None:
            graph = "refine"
            feeds["mask_input"] = self._mask_input(prompt.mask_logits, embedding.input_hw)
        decoded = self._sessions.run(self.manifest.graphs[graph].path, feeds)
        logits, scores = decoded["low_res_logits"][0], decoded["predicted_iou"][0]
        order = np.argsort(-scores, kind="stable")
        return [CandidateMask(logits[i], float(scores[i])) for i in order]

    def _mask_input(self, logits: NDArray[np.float32], input_hw: HW) -> NDArray[np.float32]:
        stride = self.manifest.mask_stride
        expected = (input_hw[0] // stride, input_hw[1] // stride)
        if logits.shape != expected:
            raise MaskPromptMismatch(
                f"The mask prompt is {logits.shape[0]}x{logits.shape[1]}, but this image's low-res logits "
                f"are {expected[0]}x{expected[1]} (height x width). Is it from another image?"
            )
        return logits.astype(np.float32, copy=False)[None, None]


def load(spec: SegmenterSpec, *, threads: int = 1) -> PocketSegmenter:
    return PocketSegmenter(spec, threads=threads)


def resized(image: NDArray[np.uint8], input_hw: HW) -> NDArray[np.uint8]:
    """(input_h, input_w, 3). Area mean when it shrinks, bilinear when it grows."""
    shrinks = max(input_hw) < max(image.shape[:2])
    interpolation = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    output = cv2.resize(image, (input_hw[1], input_hw[0]), interpolation=interpolation)
    return np.asarray(output, np.uint8)


def labelled_points(
    prompt: Prompt, embedding: ImageEmbedding
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Points and box corners as `point_coords` (1, N, 2) and `point_labels` (1, N), N at least 1."""
    points, labels = [prompt.points_xy], [prompt.point_labels.astype(np.float32)]
    if prompt.box_xyxy is not None:
        points.append(box_corners(prompt.box_xyxy))
        labels.append(np.array([BOX_FIRST_CORNER, BOX_SECOND_CORNER], np.float32))
    if not len(prompt.point_labels) and prompt.box_xyxy is None:
        points.append(np.zeros((1, 2), np.float32))
        labels.append(np.array([PADDING], np.float32))
    coords = image_to_model(
        np.concatenate(points), original_hw=embedding.original_hw, input_hw=embedding.input_hw
    )
    return coords[None], np.concatenate(labels)[None]
