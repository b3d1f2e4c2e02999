"""What the benchmark's page clicks on (frontend/src/app/bench/benchCase.ts): one folder a segmenter."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from segmentation.embeddings.file_format import embedding_bytes
from segmentation.embeddings.signature import signature_under
from segmentation.geometry import HW
from segmentation.registry import get_spec, load_segmenter
from segmentation.segmenters.base import ImageEmbedding, SegmenterSpec
from segmentation.segmenters.manifest import Manifest, read_manifest
from segmentation.segmenters.preprocessing import input_hw

IMAGE_HW: HW = (1000, 1500)
SEED = 5
PATCHES = 8  # of random features along each side of an embedding, smoothly joined


def add_random_case(folder: Path, *, with_baseline: bool = True) -> None:
    """To the export in `folder` (decoder_exports.py), with a smooth random embedding."""
    manifest = read_manifest(folder / "manifest.json")
    spec = SegmenterSpec(manifest.segmenter, manifest.raw["family"], "", folder / "manifest.json", "fp16-1")
    tensors = {entry["name"]: _smooth(entry["dims"]) for entry in manifest.raw["embedding"]}
    embedding = ImageEmbedding(IMAGE_HW, input_hw(manifest.input, IMAGE_HW), tensors)
    constants = [
        {"name": "mask_input", "dims": [1, 1, 256, 256], "values": 0},
        {"name": "has_mask_input", "dims": [1], "values": 0},
    ]
    if manifest.raw["family"] == "sam":
        constants.append({"name": "orig_im_size", "dims": [2], "values": list(IMAGE_HW)})
    baseline = {"url": "baseline.onnx", "constants": constants}
    _write_case(folder, spec, manifest, embedding, _picture(), baseline=baseline if with_baseline else None)


def add_pocket_case(folder: Path) -> None:
    """The bundled segmenter, with a picture that it has really encoded."""
    spec = get_spec("pocket")
    shutil.copytree(spec.manifest_path.parent, folder)
    picture = _picture()
    _write_case(
        folder, spec, read_manifest(spec.manifest_path), load_segmenter("pocket").encode(picture), picture
    )


def _write_case(
    folder: Path,
    spec: SegmenterSpec,
    manifest: Manifest,
    embedding: ImageEmbedding,
    picture: NDArray[np.uint8],
    *,
    baseline: dict[str, Any] | None = None,
) -> None:
    signature = signature_under(spec, manifest, image_sha256="0" * 64)
    # Stored gzipped; on the wire the server says so, and the browser unpacks it.
    file = gzip.decompress(embedding_bytes(embedding, signature))
    (folder / "embedding.safetensors").write_bytes(file)
    Image.fromarray(picture).save(folder / "image.png")
    # As the server answers: with a URL for each graph.
    graphs = {name: {**graph, "url": graph["file"]} for name, graph in manifest.raw["graphs"].items()}
    (folder / "served.json").write_text(json.dumps({**manifest.raw, "graphs": graphs}))
    case = {
        "manifestUrl": "served.json",
        "embeddingUrl": "embedding.safetensors",
        "embeddingKey": signature.key,
        "image": {"url": "image.png", "height": IMAGE_HW[0], "width": IMAGE_HW[1]},
        "baseline": baseline,
    }
    (folder / "case.json").write_text(json.dumps(case))


def _picture() -> NDArray[np.uint8]:
    """Discs of different colours on a ground."""
    height, width = IMAGE_HW
    rows, columns = np.mgrid[:height, :width]
    picture = np.full((height, width, 3), (60, 110, 70), np.uint8)
    draw = np.random.default_rng(SEED)
    for _ in range(12):
        row, column, radius = draw.uniform(0, height), draw.uniform(0, width), draw.uniform(60, 160)
        inside = (rows - row) ** 2 + (columns - column) ** 2 < radius**2
        picture[inside] = draw.integers(0, 255, 3)
    return picture


def _smooth(dims: list[int]) -> NDArray[np.float32]:
    """(1, C, h, w) random features that change slowly from place to place, as those of photos do."""
    _, channels, height, width = dims
    noise = np.random.default_rng(SEED).standard_normal((channels, PATCHES, PATCHES), dtype=np.float32)
    planes = [Image.fromarray(plane).resize((width, height), Image.Resampling.BICUBIC) for plane in noise]
    return np.stack([np.asarray(plane) for plane in planes])[None]
