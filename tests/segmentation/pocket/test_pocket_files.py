"""The files that ship, with ONNX Runtime alone."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from segmentation.geometry import mask_from_logits
from segmentation.prompts import make_prompt
from segmentation.registry import get_spec, load_segmenter
from segmentation.segmenters.base import CandidateMask, ImageEmbedding, Segmenter
from segmentation.segmenters.exported import EmptyPrompt, ExportedDecoder, MaskPromptMismatch
from segmentation.segmenters.graphs import GraphSessions
from segmentation.segmenters.manifest import CloserLook, Manifest, read_manifest
from segmentation.segmenters.pocket.config import CLOSER_LOOK_FROM_POINT, CLOSER_LOOK_MARGIN

DISC_CENTRE, DISC_RADIUS = (200, 140), 60
SQUARE_XYXY = (300, 40, 380, 120)


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return load_segmenter("pocket", threads=1)


@pytest.fixture(scope="module")
def manifest() -> Manifest:
    return read_manifest(get_spec("pocket").manifest_path)


@pytest.fixture(scope="module")
def scene() -> NDArray[np.uint8]:
    """A red disc and a yellow square on textured blue: (300, 450, 3)."""
    noise = np.random.default_rng(0).integers(-12, 12, (300, 450, 3))
    image = np.full((300, 450, 3), (40, 80, 150)) + noise
    canvas = np.ascontiguousarray(image.astype(np.uint8))
    cv2.circle(canvas, DISC_CENTRE, DISC_RADIUS, (200, 50, 40), -1)
    cv2.rectangle(canvas, SQUARE_XYXY[:2], (379, 119), (220, 200, 40), -1)
    return canvas


@pytest.fixture(scope="module")
def embedding(segmenter: Segmenter, scene: NDArray[np.uint8]) -> ImageEmbedding:
    return segmenter.encode(scene)


def disc() -> NDArray[np.bool_]:
    canvas = np.zeros((300, 450), np.uint8)
    cv2.circle(canvas, DISC_CENTRE, DISC_RADIUS, 1, -1)
    return canvas.astype(bool)


def iou(candidate: CandidateMask, embedding: ImageEmbedding, wanted: NDArray[np.bool_]) -> float:
    mask = mask_from_logits(
        candidate.low_res_logits,
        original_hw=embedding.original_hw,
        input_hw=embedding.input_hw,
        mask_stride=4,
    )
    return float((mask & wanted).sum() / (mask | wanted).sum())


def test_corrections_take_a_closer_look(manifest: Manifest) -> None:
    assert manifest.closer_look == CloserLook(CLOSER_LOOK_FROM_POINT, CLOSER_LOOK_MARGIN)


def test_every_file_is_the_one_that_the_manifest_names(manifest: Manifest) -> None:
    for graph in (manifest.encoder, *manifest.graphs.values()):
        content = graph.path.read_bytes()
        assert len(content) == graph.bytes
        assert hashlib.sha256(content).hexdigest() == graph.sha256


def test_checkpoint_is_the_shipped_weights(manifest: Manifest) -> None:
    weights = manifest.encoder.path.parent / "pocket.safetensors"
    assert hashlib.sha256(weights.read_bytes()).hexdigest() == manifest.checkpoint_sha256


def test_shipped_files_stay_small(manifest: Manifest) -> None:
    files = manifest.encoder.path.parent.iterdir()
    assert sum(file.stat().st_size for file in files) <= 25_000_000


def test_embedding_has_the_shapes_of_the_manifest(manifest: Manifest, embedding: ImageEmbedding) -> None:
    height, width = embedding.input_hw
    assert max(height, width) == manifest.input.size
    for entry in manifest.raw["embedding"]:
        sides = {"h/8": height // 8, "w/8": width // 8, "h/4": height // 4, "w/4": width // 4}
        dims = tuple(sides.get(dim, dim) for dim in entry["dims"])
        assert embedding.tensors[entry["name"]].shape == dims


def test_a_click_finds_the_disc(segmenter: Segmenter, embedding: ImageEmbedding) -> None:
    candidates = segmenter.decode(embedding, make_prompt([(*DISC_CENTRE, 1)]))
    assert max(iou(candidate, embedding, disc()) for candidate in candidates) > 0.9


def test_a_box_finds_the_disc(segmenter: Segmenter, embedding: ImageEmbedding) -> None:
    candidates = segmenter.decode(embedding, make_prompt(box_xyxy=(140, 80, 261, 201)))
    assert iou(candidates[0], embedding, disc()) > 0.85


def test_candidates_come_best_first(segmenter: Segmenter, embedding: ImageEmbedding) -> None:
    candidates = segmenter.decode(embedding, make_prompt([(*DISC_CENTRE, 1)]))
    scores = [candidate.predicted_iou for candidate in candidates]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)


def test_earlier_logits_change_the_answer(segmenter: Segmenter, embedding: ImageEmbedding) -> None:
    click = make_prompt([(*DISC_CENTRE, 1)])
    first = segmenter.decode(embedding, click)[0]
    refined = segmenter.decode(embedding, make_prompt([(*DISC_CENTRE, 1)], mask_logits=first.low_res_logits))
    assert iou(refined[0], embedding, disc()) > 0.85
    assert not np.array_equal(refined[0].low_res_logits, first.low_res_logits)


def test_earlier_logits_alone_are_a_prompt(segmenter: Segmenter, embedding: ImageEmbedding) -> None:
    height, width = embedding.input_hw
    logits = np.full((height // 4, width // 4), -8, np.float32)
    logits[20:40, 30:50] = 8
    assert np.isfinite(segmenter.decode(embedding, make_prompt(mask_logits=logits))[0].low_res_logits).all()


def test_without_a_refine_graph_earlier_logits_are_left_aside(
    segmenter: Segmenter, manifest: Manifest, embedding: ImageEmbedding
) -> None:
    graphs = {name: graph for name, graph in manifest.graphs.items() if name != "refine"}
    decoder = ExportedDecoder(replace(manifest, graphs=graphs), GraphSessions(threads=1))
    click = make_prompt([(*DISC_CENTRE, 1)])
    first = segmenter.decode(embedding, click)
    again = decoder.decode(embedding, replace(click, mask_logits=first[1].low_res_logits))
    np.testing.assert_array_equal(again[0].low_res_logits, first[0].low_res_logits)
    with pytest.raises(EmptyPrompt):
        decoder.decode(embedding, make_prompt(mask_logits=first[0].low_res_logits))


def test_an_empty_prompt_is_refused(segmenter: Segmenter, embedding: ImageEmbedding) -> None:
    with pytest.raises(EmptyPrompt):
        segmenter.decode(embedding, make_prompt())


def test_logits_of_another_image_are_refused(segmenter: Segmenter, embedding: ImageEmbedding) -> None:
    with pytest.raises(MaskPromptMismatch, match="8x8"):
        segmenter.decode(embedding, make_prompt([(5, 5, 1)], mask_logits=np.zeros((8, 8), np.float32)))


@pytest.mark.parametrize("hw", [(1, 1), (3, 900), (900, 3), (17, 23), (1200, 1600)])
def test_any_image_size_encodes_and_decodes(segmenter: Segmenter, hw: tuple[int, int]) -> None:
    image = np.random.default_rng(1).integers(0, 256, (*hw, 3)).astype(np.uint8)
    embedding = segmenter.encode(image)
    candidate = segmenter.decode(embedding, make_prompt([(hw[1] / 2, hw[0] / 2, 1)]))[0]
    assert candidate.low_res_logits.shape == (embedding.input_hw[0] // 4, embedding.input_hw[1] // 4)
    assert np.isfinite(candidate.low_res_logits).all()


def test_points_outside_the_image_are_harmless(segmenter: Segmenter, embedding: ImageEmbedding) -> None:
    candidates = segmenter.decode(embedding, make_prompt([(-500, 9000, 1), (200, 140, 1)]))
    assert all(np.isfinite(candidate.low_res_logits).all() for candidate in candidates)


def test_decoding_keeps_nothing_between_calls(segmenter: Segmenter, embedding: ImageEmbedding) -> None:
    click = make_prompt([(*DISC_CENTRE, 1)])
    first = segmenter.decode(embedding, click)[0].low_res_logits
    segmenter.decode(embedding, make_prompt([(340, 80, 1), (10, 10, 0)]))
    np.testing.assert_array_equal(segmenter.decode(embedding, click)[0].low_res_logits, first)


def test_the_adapter_needs_no_torch() -> None:
    program = "import sys, segmentation.segmenters.exported; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
