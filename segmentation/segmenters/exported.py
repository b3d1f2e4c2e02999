"""Any exported segmenter on ONNX Runtime, as its manifest describes it: no torch, no state between calls."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from segmentation.errors import SegmentationError
from segmentation.geometry import HW, box_corners, image_to_model
from segmentation.prompts import BOX_FIRST_CORNER, BOX_SECOND_CORNER, PADDING, Prompt
from segmentation.segmenters.base import CandidateMask, ImageEmbedding, OneImageAtATime, SegmenterSpec
from segmentation.segmenters.graphs import GraphSessions
from segmentation.segmenters.manifest import Manifest, PaddingPoint, read_manifest
from segmentation.segmenters.preprocessing import encoder_input, input_hw


class EmptyPrompt(SegmentationError):
    code: ClassVar[str] = "empty_prompt"


class MaskPromptMismatch(SegmentationError):
    code: ClassVar[str] = "mask_prompt_mismatch"


class ExportedSegmenter(OneImageAtATime):
    """Encoder and decoder graphs as a manifest names them."""

    def __init__(self, spec: SegmenterSpec, *, threads: int = 1) -> None:
        self.spec = spec
        self.manifest = read_manifest(spec.manifest_path)
        self._sessions = GraphSessions(threads=threads)
        self._decoder = ExportedDecoder(self.manifest, self._sessions)

    def encode(self, image: NDArray[np.uint8]) -> ImageEmbedding:
        """Embed an image (H, W, 3) RGB. Raises GraphUnreadable."""
        original_hw = (image.shape[0], image.shape[1])
        pixels = encoder_input(image, self.manifest.input)
        tensors = self._sessions.run(self.manifest.encoder.path, {"image": pixels})
        return ImageEmbedding(original_hw, input_hw(self.manifest.input, original_hw), tensors)

    def decode(self, embedding: ImageEmbedding, prompt: Prompt) -> list[CandidateMask]:
        return self._decoder.decode(embedding, prompt)


class ExportedDecoder:
    """The prefill, decode and refine graphs of a manifest."""

    def __init__(self, manifest: Manifest, sessions: GraphSessions) -> None:
        self.manifest = manifest
        self._sessions = sessions

    def decode(self, embedding: ImageEmbedding, prompt: Prompt) -> list[CandidateMask]:
        """The candidates, best first: by rank where the graph ranks them, else by predicted IoU.

        The prefill runs at each call, a few times cheaper than the decoder; a browser keeps it. Earlier
        logits are left aside where the segmenter takes none (EfficientSAM has no refine graph).
        Raises EmptyPrompt, MaskPromptMismatch, GraphUnreadable.
        """
        if "refine" not in self.manifest.graphs:
            prompt = replace(prompt, mask_logits=None)
        if prompt.is_empty:
            raise EmptyPrompt("There is nothing to decode. Give a point, a box or an earlier mask.")
        feeds: dict[str, NDArray[np.generic]] = dict(embedding.tensors)
        feeds |= self._prefilled(embedding)
        feeds["point_coords"], feeds["point_labels"] = labelled_points(
            prompt, embedding, padding_point=self.manifest.padding_point
        )
        graph = self.manifest.graphs["decode"]
        if prompt.mask_logits is not None:
            graph = self.manifest.graphs["refine"]
            feeds["mask_input"] = self._mask_input(prompt.mask_logits, embedding.input_hw)
        ranks_itself = "wanted" in graph.inputs
        feeds["wanted"] = np.arange(self.manifest.candidates, dtype=np.int32)
        feeds["valid_hw"] = np.full(2, self.manifest.input.size // self.manifest.mask_stride, np.int32)
        decoded = self._sessions.run(graph.path, feeds)
        logits, scores = decoded["low_res_logits"][0], decoded["predicted_iou"][0]
        order = range(len(scores)) if ranks_itself else np.argsort(-scores, kind="stable")
        return [CandidateMask(logits[i], float(scores[i])) for i in order]

    def _prefilled(self, embedding: ImageEmbedding) -> dict[str, NDArray[np.float32]]:
        prefill = self.manifest.graphs.get("prefill")
        return {} if prefill is None else self._sessions.run(prefill.path, embedding.tensors)

    def _mask_input(self, logits: NDArray[np.float32], model_hw: HW) -> NDArray[np.float32]:
        declared = self._sessions.input_dims(self.manifest.graphs["refine"].path, "mask_input")[2:]
        # A graph that takes any size works on the unpadded input.
        expected = tuple(
            size or side // self.manifest.mask_stride for size, side in zip(declared, model_hw, strict=True)
        )
        if logits.shape != expected:
            raise MaskPromptMismatch(
                f"The mask prompt is {logits.shape[0]}x{logits.shape[1]}, but this image's low-res logits "
                f"are {expected[0]}x{expected[1]} (height x width). Is it from another image?"
            )
        return logits.astype(np.float32, copy=False)[None, None]


def load(spec: SegmenterSpec, *, threads: int = 1) -> ExportedSegmenter:
    """The adapter that specs name. Raises ManifestUnreadable."""
    return ExportedSegmenter(spec, threads=threads)


def labelled_points(
    prompt: Prompt, embedding: ImageEmbedding, *, padding_point: PaddingPoint = "without_box"
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Points and box corners as `point_coords` (1, N, 2) and `point_labels` (1, N), N at least 1.

    Where `padding_point` says so a padding point follows, as the official prompt encoders were trained.
    """
    points, labels = [prompt.points_xy], [prompt.point_labels.astype(np.float32)]
    if prompt.box_xyxy is not None:
        points.append(box_corners(prompt.box_xyxy))
        labels.append(np.array([BOX_FIRST_CORNER, BOX_SECOND_CORNER], np.float32))
    if prompt.box_xyxy is None or padding_point == "always":
        points.append(np.zeros((1, 2), np.float32))
        labels.append(np.array([PADDING], np.float32))
    coords = image_to_model(
        np.concatenate(points), original_hw=embedding.original_hw, input_hw=embedding.input_hw
    )
    return coords[None], np.concatenate(labels)[None]
