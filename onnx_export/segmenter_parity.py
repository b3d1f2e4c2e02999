"""Do a published segmenter's graphs answer as its network in torch? Each image shape, each kind of prompt."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray

from onnx_export.encoder import IMAGE
from onnx_export.parity_cases import IMAGE_SIZES_HW, PromptCase, image_of, prompt_cases
from onnx_export.sam_decoder.ranking import is_stable
from segmentation.geometry import HW
from segmentation.segmenters.preprocessing import encoder_input, input_hw
from segmentation.segmenters.promptable import PromptableNetwork

PARITY = "parity.json"
# Largest differences as a part of the largest magnitude of what the reference answers. Embeddings and
# predicted IoU (as it is): fp32 sums of some thousand products in another order. Logits: the graphs' GELU,
# which is off by 2.5e-5 at most, too. A flipped pixel lies that close to the threshold.
TOLERANCE = 1e-4
LOGITS_TOLERANCE = 5e-4

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Row:
    """One image shape with one prompt, or its encoding."""

    image: str
    case: str
    difference: float  # of embedding or logits, relative to the largest magnitude
    predicted_iou: float  # largest difference
    flipped_pixels: int  # on the other side of the threshold
    pixels: int

    @property
    def is_equal(self) -> bool:
        allowed = LOGITS_TOLERANCE if self.pixels else TOLERANCE
        return self.difference <= allowed and self.predicted_iou <= TOLERANCE


class ReferenceAnswers:
    """What the network in torch says to a prompt on one image, ranked as the graphs rank."""

    def __init__(self, network: PromptableNetwork, embedding: Sequence[torch.Tensor]) -> None:
        self.network = network
        self.embedding = embedding

    @torch.no_grad()
    def __call__(self, case: PromptCase) -> tuple[Array, Array]:
        """(T, h, w) and (T,), the best first."""
        mask = None if case.mask is None else torch.from_numpy(case.mask)
        coords, labels = torch.from_numpy(case.coords), torch.from_numpy(case.labels)
        logits, predicted_iou = self.network.decoder(*self.embedding, coords, labels, mask)
        others = 1 + np.argsort(-predicted_iou[0, 1:].numpy(), kind="stable")
        order = [0, *others] if self._is_single(case, logits[:, 0]) else [*others, 0]
        return logits[0, order].numpy(), predicted_iou[0, order].numpy()

    def _is_single(self, case: PromptCase, single: torch.Tensor) -> bool:
        # EfficientSAM's own code never takes the mask of token 0.
        if case.point_count <= 1 or self.network.decoder_kind == "efficient_sam":
            return False
        if self.network.dynamic_multimask is None:
            return True
        delta, threshold = self.network.dynamic_multimask
        return bool(is_stable(single, delta=delta, threshold=threshold))


class Graphs:
    """The exported files, each opened once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sessions: dict[str, onnxruntime.InferenceSession] = {}

    def run(self, name: str, feeds: dict[str, Any]) -> dict[str, Array]:
        session = self._session(name)
        taken = {entry.name: feeds[entry.name] for entry in session.get_inputs()}
        names = [entry.name for entry in session.get_outputs()]
        return dict(zip(names, session.run(names, taken), strict=True))

    def _session(self, name: str) -> onnxruntime.InferenceSession:
        if name not in self._sessions:
            path = str(self._folder / f"{name}.onnx")
            self._sessions[name] = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        return self._sessions[name]


def check_segmenter(network: PromptableNetwork, folder: Path) -> Iterator[Row]:
    """Row by row; the slow encoder first for each image."""
    graphs = Graphs(folder)
    for image, original_hw in IMAGE_SIZES_HW.items():
        pixels = encoder_input(image_of(original_hw), network.input)
        with torch.no_grad():
            embedding = network.encoder(torch.from_numpy(pixels))
        found = graphs.run("encoder", {IMAGE: pixels})
        expected = dict(zip(found, (tensor.numpy() for tensor in embedding), strict=True))
        yield Row(image, "encoder", max(_relative(found[name], expected[name]) for name in found), 0.0, 0, 0)
        model_hw = input_hw(network.input, original_hw)
        yield from check_decoder(network, graphs, image=image, embedding=embedding, model_hw=model_hw)


def check_decoder(
    network: PromptableNetwork,
    graphs: Graphs,
    *,
    image: str,
    embedding: Sequence[torch.Tensor],
    model_hw: HW,
) -> Iterator[Row]:
    """All prompts on one embedding."""
    names = [tensor.name for tensor in network.embedding]
    feeds: dict[str, Any] = dict(zip(names, (tensor.numpy() for tensor in embedding), strict=True))
    feeds |= graphs.run("prefill", feeds)
    reference = ReferenceAnswers(network, embedding)
    cases = prompt_cases(model_hw, padding_point=network.padding_point, low_res_hw=network.low_res_hw)
    for case in cases:
        if case.mask is not None and not network.takes_mask:
            continue
        logits, predicted_iou = reference(case)
        everything = np.array(network.low_res_hw, np.int32)
        stride = network.input.size // network.low_res_hw[0]
        valid = np.array([-(-side // stride) for side in model_hw], np.int32)
        for ranks, region in ((range(len(logits)), everything), ((0,), valid)):
            wanted = np.array(ranks, np.int32)
            prompt = {"point_coords": case.coords, "point_labels": case.labels, "mask_input": case.mask}
            name = "decode" if case.mask is None else "refine"
            answer = graphs.run(name, feeds | prompt | {"wanted": wanted, "valid_hw": region})
            ours = answer["low_res_logits"][0, :, : region[0], : region[1]]
            theirs = logits[wanted, : region[0], : region[1]]
            threshold = network.mask_threshold
            yield Row(
                image,
                f"{case.name}, {'all masks' if len(wanted) > 1 else 'the best mask'}",
                _relative(ours, theirs),
                float(np.abs(answer["predicted_iou"][0] - predicted_iou[wanted]).max()),
                int(((ours > threshold) != (theirs > threshold)).sum()),
                ours.size,
            )


def write_report(folder: Path, rows: Sequence[Row]) -> None:
    report = {
        "tolerance": TOLERANCE,
        "logits_tolerance": LOGITS_TOLERANCE,
        "rows": [asdict(row) for row in rows],
    }
    (folder / PARITY).write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def as_line(row: Row) -> str:
    text = f"{row.image:10} {row.case:42} {row.difference:9.1e}"
    return (
        text if not row.pixels else f"{text} {row.predicted_iou:9.1e} {row.flipped_pixels:5} of {row.pixels}"
    )


HEADER = f"{'image':10} {'case':42} {'relative':>9} {'pred. IoU':>9} flipped pixels"


def _relative(ours: Array, theirs: Array) -> float:
    return float(np.abs(ours - theirs).max() / np.abs(theirs).max())
