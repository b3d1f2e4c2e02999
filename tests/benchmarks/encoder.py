"""Images a second through the encoders of published segmenters: ours against the official predictors.

For each network: seeded random weights in the official file format, read by the official package and by our
loader; the official predictor's `set_image` and our `encode` (torch runtime) take turns on the
same image; on a GPU ours in batches.

official_images_s, images_s, ratio    medians over the rounds; decoding the file is in neither
embedding_error    root mean square of the difference / of the official embedding; of the worst tensor
mask_iou           mean IoU of 200 prompts' masks, decoded from our embedding and from the official one
peak_fraction      arithmetic that the quick layers do a second / `peak_gflops`: the best large matrix product
                   in the precision that we compute in, measured in the same run
"""

from __future__ import annotations

import copy
import gc
import importlib
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from segmentation.evaluation import intersection_over_union
from segmentation.segmenters.base import ImageEmbedding
from segmentation.segmenters.families import load_network
from segmentation.segmenters.promptable import PromptableNetwork
from segmentation.segmenters.torch_runtime.encoder import TorchEncoder
from segmentation.segmenters.torch_runtime.linear import QuickLinear
from segmentation.segmenters.torch_runtime.placement import Placement, choose_placement
from segmentation.segmenters.torch_runtime.quickening import quickened
from tests.benchmarks.prompts import is_one_point, random_prompts
from tests.segmentation.families import official_sam, official_sam2
from tests.segmentation.families.seeded_weights import fill_seeded, save_published
from tools.official import install_official_packages, official_packages
from tools.problem import say

ROUNDS = 3
PROMPTS = 200
PHOTO = Path(__file__).parents[2] / "annotator/demo/photos/rocket.jpg"
IMAGE_WH = (1500, 1000)
PEAK_SIDE = 4096  # of the square matrices whose product is called the peak


@dataclass(frozen=True)
class Official:
    """A network by its authors' package."""

    model: Any
    file: Path  # its weights, as published files are
    set_image: Callable[[NDArray[np.uint8]], None]
    tensors: Callable[[], tuple[torch.Tensor, ...]]  # of the image that was set, as our embedding has them


def measure() -> dict[str, dict[str, float]]:
    install_official_packages()
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    placement = choose_placement()
    peak = peak_gflops(placement)
    image = np.asarray(Image.open(PHOTO).convert("RGB").resize(IMAGE_WH))
    figures = {}
    for name, family, build in NETWORKS:
        with tempfile.TemporaryDirectory(prefix="maskwright-bench-") as folder, official_packages():
            official = build(Path(folder))
            official.model.to(placement.device)
            figures[name] = compare(official, load_network(family, official.file), image, placement, peak)
        say(f"{name}: {figures[name]}")
        gc.collect()
    return figures


def compare(
    official: Official,
    network: PromptableNetwork,
    image: NDArray[np.uint8],
    placement: Placement,
    peak: float,
) -> dict[str, float]:
    gflop = encoder_gflop(network)
    encoder = TorchEncoder(network, placement)

    def set_image() -> None:
        official.set_image(image)
        official.tensors()[0].ravel()[0].item()  # which waits for a GPU

    def encode() -> list[ImageEmbedding]:
        return encoder.encode([encoder.prepare(image) for _ in range(encoder.batch_size)])

    # Neither pays for the first call of its libraries.
    set_image()
    embedding = encode()[0]
    theirs, ours = [], []
    for _ in range(ROUNDS):
        theirs.append(seconds(set_image))
        ours.append(seconds(encode) / encoder.batch_size)
    tensors = (each.float().cpu().numpy() for each in official.tensors())
    expected = dict(zip(embedding.tensors, tensors, strict=True))
    return {
        "official_images_s": round(1 / statistics.median(theirs), 4),
        "images_s": round(1 / statistics.median(ours), 4),
        "ratio": round(statistics.median(theirs) / statistics.median(ours), 2),
        "embedding_error": round(embedding_error(embedding, expected), 5),
        "mask_iou": round(mask_iou(network, embedding, expected), 5),
        "peak_gflops": round(peak, 1),
        "peak_fraction": round(gflop / statistics.median(ours) / peak, 3),
    }


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def embedding_error(embedding: ImageEmbedding, expected: dict[str, NDArray[np.float32]]) -> float:
    def error(name: str) -> float:
        difference = embedding.tensors[name] - expected[name]
        return float(np.sqrt(np.mean(difference**2) / np.mean(expected[name] ** 2)))

    return max(error(name) for name in expected)


@torch.inference_mode()
def mask_iou(
    network: PromptableNetwork, embedding: ImageEmbedding, expected: dict[str, NDArray[np.float32]]
) -> float:
    """Of low-res masks by the reference decoder in float32.

    Of the masks of a point it is the one that the official embedding ranks first: with random weights their
    predicted IoUs are about equal, and which of them is the largest says nothing about a mask.
    """
    ious = []
    for coords, labels in random_prompts(embedding.input_hw, PROMPTS, padding_point=network.padding_point):
        (official_masks, scores), (masks, _) = (
            network.decoder(
                *(torch.from_numpy(tensors[spec.name]) for spec in network.embedding), coords, labels, None
            )
            for tensors in (expected, embedding.tensors)
        )
        best = 1 + int(scores[0, 1:].argmax()) if is_one_point(labels) else 0
        pair = (each[0, best].numpy() > network.mask_threshold for each in (official_masks, masks))
        ious.append(intersection_over_union(*pair))
    return float(np.mean(ious))


def peak_gflops(placement: Placement) -> float:
    """The best of a few products of large square matrices, by the layer that the encoders use."""
    layer = torch.nn.Linear(PEAK_SIDE, PEAK_SIDE, device=placement.device)
    quick = QuickLinear(layer, placement.dtype)
    matrix = torch.randn(PEAK_SIDE, PEAK_SIDE, device=placement.device).to(placement.dtype)

    def product() -> None:
        quick(matrix)[0, 0].item()  # which waits for a GPU

    with torch.inference_mode():
        return 2 * PEAK_SIDE**3 / min(seconds(product) for _ in range(12)) / 1e9


def encoder_gflop(network: PromptableNetwork) -> float:
    """Multiplications and additions of one image by the quick layers: no padding, no unused products."""
    from torch.utils.flop_counter import FlopCounterMode

    assert network.input.pixels is not None
    side = network.input.pixels.padded_side or network.input.pixels.side
    quick = quickened(copy.deepcopy(network.encoder), device=torch.device("cpu"), dtype=torch.float32)
    with FlopCounterMode(display=False) as counter, torch.inference_mode():
        quick(torch.zeros(1, 3, side, side))
    return counter.get_total_flops() / 1e9


def official_vit_b(folder: Path) -> Official:
    model = official_sam.build(official_sam.NETWORKS["sam_vit_b"])
    file = save_published(fill_seeded(model), folder / "sam_vit_b.pth")
    predictor = importlib.import_module("segment_anything").SamPredictor(model)
    return Official(model, file, predictor.set_image, lambda: (predictor.features,))


def official_hiera(name: str) -> Callable[[Path], Official]:
    def build(folder: Path) -> Official:
        configuration, _ = official_sam2.NETWORKS[name]
        build_sam2 = importlib.import_module("sam2.build_sam").build_sam2
        model = build_sam2(configuration, ckpt_path=None, device="cpu")
        file = save_published(fill_seeded(model), folder / f"{name}.pt", under=official_sam2.WRAPPED)
        predictor = importlib.import_module("sam2.sam2_image_predictor").SAM2ImagePredictor(model)
        return Official(model, file, predictor.set_image, lambda: tuple(_hiera_tensors(predictor._features)))

    return build


def _hiera_tensors(features: dict[str, Any]) -> Iterator[torch.Tensor]:
    yield features["image_embed"]
    yield from features["high_res_feats"]


NETWORKS: tuple[tuple[str, str, Callable[[Path], Official]], ...] = (
    ("sam_vit_b", "sam", official_vit_b),
    ("sam2.1_hiera_tiny", "sam2", official_hiera("sam2.1_hiera_tiny")),
    ("sam2.1_hiera_base_plus", "sam2", official_hiera("sam2.1_hiera_base_plus")),
)
