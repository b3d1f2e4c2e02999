"""Do the exported graphs compute what torch computes? Same weights, same prompts, equal outputs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import Tensor

from onnx_export.graphs import CONTEXT, EMBEDDING, DecodeGraph, EncoderGraph, PrefillGraph, RefineGraph
from segmentation.segmenters.pocket.config import MASK_STRIDE
from segmentation.segmenters.pocket.network import PocketNetwork

SIZES_HW = {"landscape": (256, 384), "portrait": (384, 224), "square": (320, 320), "tiny": (32, 64)}
TOLERANCE = 2e-3  # of logits and embeddings, absolute; sums of thousands of fp32 products


@dataclass(frozen=True)
class ParityRow:
    """Largest absolute differences for one image shape and one kind of prompt."""

    image: str
    prompt: str
    embedding: float
    logits: float
    predicted_iou: float

    @property
    def is_equal(self) -> bool:
        return max(self.embedding, self.logits, self.predicted_iou) < TOLERANCE


@dataclass(frozen=True)
class PromptCase:
    name: str
    coords: Tensor  # (1, N, 2) model points
    labels: Tensor  # (1, N)
    mask: Tensor | None = None  # (1, 1, H/4, W/4)


def check_parity(network: PocketNetwork, folder: Path, *, seed: int = 0) -> list[ParityRow]:
    """Every image shape with every kind of prompt."""
    generator = torch.Generator().manual_seed(seed)
    sessions = {name: _open(folder / f"{name}.onnx") for name in ("encoder", "prefill", "decode", "refine")}
    rows = []
    for name, size_hw in SIZES_HW.items():
        image = torch.randint(0, 256, (1, 3, *size_hw), dtype=torch.uint8, generator=generator)
        rows += list(_image_rows(network, sessions, name, image, generator))
    return rows


def prompt_cases(size_hw: tuple[int, int], generator: torch.Generator) -> list[PromptCase]:
    size_xy = torch.tensor([size_hw[1], size_hw[0]], dtype=torch.float32)

    def points(count: int) -> Tensor:
        return torch.rand(1, count, 2, generator=generator) * size_xy

    box = torch.stack([size_xy * 0.2, size_xy * 0.7])[None]
    mask = torch.randn(1, 1, size_hw[0] // MASK_STRIDE, size_hw[1] // MASK_STRIDE, generator=generator) * 4
    mixed = torch.tensor([[1.0, 0.0, 1.0]])
    corners = torch.tensor([[2.0, 3.0]])
    both = torch.cat([mixed, corners], dim=1)
    return [
        PromptCase("one point", points(1), torch.ones(1, 1)),
        PromptCase("points", points(3), mixed),
        PromptCase("points and padding", points(5), torch.tensor([[1.0, 0.0, 1.0, -1.0, -1.0]])),
        PromptCase("box", box, corners),
        PromptCase("points and box", torch.cat([points(3), box], dim=1), both),
        PromptCase("points and mask", points(3), mixed, mask),
        PromptCase("points, box and mask", torch.cat([points(3), box], dim=1), both, mask),
    ]


@torch.no_grad()
def _image_rows(
    network: PocketNetwork,
    sessions: dict[str, onnxruntime.InferenceSession],
    name: str,
    image: Tensor,
    generator: torch.Generator,
) -> Iterator[ParityRow]:
    features = EncoderGraph(network)(image)
    embedding = sessions["encoder"].run(list(EMBEDDING), {"image": image.numpy()})
    off = max(_difference(ours, theirs) for ours, theirs in zip(embedding, features, strict=True))
    context = PrefillGraph(network)(*features)
    feeds = dict(zip(EMBEDDING, (tensor.numpy() for tensor in features), strict=True))
    prefilled = sessions["prefill"].run(list(CONTEXT), feeds)
    for case in prompt_cases((image.shape[2], image.shape[3]), generator):
        inputs = [*context, case.coords, case.labels]
        feeds = dict(zip(CONTEXT, prefilled, strict=True))
        feeds |= {"point_coords": case.coords.numpy(), "point_labels": case.labels.numpy()}
        if case.mask is None:
            expected = DecodeGraph(network)(*inputs)
            decoded = sessions["decode"].run(None, feeds)
        else:
            expected = RefineGraph(network)(*inputs, case.mask)
            decoded = sessions["refine"].run(None, {**feeds, "mask_input": case.mask.numpy()})
        logits, scores = (_difference(a, b) for a, b in zip(decoded, expected, strict=True))
        yield ParityRow(name, case.name, off, logits, scores)


def _difference(computed: np.ndarray, expected: Tensor) -> float:
    return float(np.abs(computed - expected.numpy()).max())


def _open(path: Path) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
