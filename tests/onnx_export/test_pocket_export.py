"""The exported graphs compute what torch computes, for every shape of image and kind of prompt."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from onnx_export.command import NotEqual, export_pocket, main
from onnx_export.exporter import OPSET, export_named_graph
from onnx_export.linked_weights import NotLinked, link_weights
from onnx_export.manifest import MANIFEST, sha256_of
from onnx_export.parity import SIZES_HW, TOLERANCE, ParityRow, check_parity
from onnx_export.pocket import WEIGHTS, graph_specs
from segmentation.prompts import make_prompt
from segmentation.registry import get_spec
from segmentation.segmenters.base import SegmenterSpec
from segmentation.segmenters.exported import load
from segmentation.segmenters.manifest import CloserLook, read_manifest
from segmentation.segmenters.pocket.config import CLOSER_LOOK_FROM_POINT, CLOSER_LOOK_MARGIN
from segmentation.segmenters.pocket.folding import folded
from segmentation.segmenters.pocket.network import PocketNetwork, load_network, save_weights
from tests.segmentation.small_pocket import SMALL_POCKET, seeded_network

pytestmark = pytest.mark.more

GRAPHS = ("encoder", "prefill", "decode", "refine")
# Absent or slow in some execution provider of ONNX Runtime Web.
UNWANTED = {"GridSample", "NonZero", "Loop", "If", "Scan", "Einsum", "Unique", "GatherND", "ScatterND"}


@pytest.fixture(scope="module")
def exported(
    network: PocketNetwork, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[ParityRow]]:
    folder = tmp_path_factory.mktemp("exported")
    save_weights(network, folder / WEIGHTS)
    return folder, export_pocket(load_network(folder / WEIGHTS), folder, longest_side=96)


@pytest.fixture(scope="module")
def folder(exported: tuple[Path, list[ParityRow]]) -> Path:
    return exported[0]


def test_graphs_equal_torch(exported: tuple[Path, list[ParityRow]]) -> None:
    rows = exported[1]
    assert {row.image for row in rows} == set(SIZES_HW)
    assert {row.prompt for row in rows} >= {"one point", "box", "points and box", "points and mask"}
    assert max(max(row.embedding, row.logits, row.predicted_iou) for row in rows) < TOLERANCE


def test_prompts_matter_in_the_exported_graphs(folder: Path) -> None:
    """Parity would also hold for graphs that ignore what they are given."""
    segmenter = load(SegmenterSpec("pocket", "pocket", "", folder / MANIFEST, "fp16-1"))
    embedding = segmenter.encode(np.random.default_rng(0).integers(0, 256, (64, 96, 3)).astype(np.uint8))
    mask = np.random.default_rng(1).normal(size=(16, 24)).astype(np.float32) * 5
    prompts = [
        make_prompt([(20, 30, 1)]),
        make_prompt([(70, 10, 1)]),
        make_prompt([(20, 30, 1), (70, 10, 0)]),
        make_prompt(box_xyxy=(10, 10, 60, 50)),
        make_prompt([(20, 30, 1)], box_xyxy=(10, 10, 60, 50)),
        make_prompt([(20, 30, 1)], mask_logits=mask),
    ]
    answers = [segmenter.decode(embedding, prompt)[0].low_res_logits for prompt in prompts]
    for i, one in enumerate(answers):
        for other in answers[i + 1 :]:
            assert np.abs(one - other).max() > 0.01


def test_different_weights_are_not_equal(folder: Path, network: PocketNetwork) -> None:
    other = folded(network)
    with torch.no_grad():
        other.decoder.to_logits.weight.mul_(1.1)
    assert not all(row.is_equal for row in check_parity(other, folder))


def test_unequal_graphs_do_not_ship(
    network: PocketNetwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onnx_export.parity.TOLERANCE", 0.0)
    save_weights(network, tmp_path / WEIGHTS)
    with pytest.raises(NotEqual):
        export_pocket(network, tmp_path, longest_side=96)
    assert not (tmp_path / MANIFEST).exists()


@pytest.mark.parametrize("name", GRAPHS)
def test_only_operators_that_browsers_run(folder: Path, name: str) -> None:
    model = onnx.load(folder / f"{name}.onnx")
    assert {node.domain for node in model.graph.node} <= {"", "ai.onnx"}
    assert not UNWANTED & {node.op_type for node in model.graph.node}
    assert next(entry.version for entry in model.opset_import if not entry.domain) == OPSET


def test_the_weights_are_there_once(folder: Path) -> None:
    """The encoder's graph reads them, in half precision, from the file of the weights."""
    weights = onnx.load(folder / "encoder.onnx", load_external_data=False).graph.initializer
    assert {tensor.data_type for tensor in weights} == {onnx.TensorProto.FLOAT16}
    assert {entry.value for t in weights for entry in t.external_data if entry.key == "location"} == {WEIGHTS}
    entry = json.loads((folder / MANIFEST).read_text())["encoder"]["weights"]
    assert entry["sha256"] == sha256_of(folder / WEIGHTS)


def test_a_graph_is_not_linked_to_the_weights_of_another_network(folder: Path, tmp_path: Path) -> None:
    save_weights(seeded_network(replace(SMALL_POCKET, pyramid_channels=12)), tmp_path / WEIGHTS)
    specs = graph_specs(load_network(folder / WEIGHTS))
    export_named_graph(specs[0], tmp_path / "encoder.onnx")
    with pytest.raises(NotLinked, match=WEIGHTS):
        link_weights(tmp_path / "encoder.onnx", tmp_path / WEIGHTS)


def test_the_manifest_is_what_the_product_reads(folder: Path) -> None:
    manifest = read_manifest(folder / MANIFEST)
    assert manifest.checkpoint_sha256 == sha256_of(folder / WEIGHTS)
    assert (manifest.input.size, manifest.input.multiple, manifest.mask_stride) == (96, 32, 4)
    assert set(manifest.graphs) == {"prefill", "decode", "refine"}
    assert {entry["name"] for entry in manifest.raw["embedding"]} == set(manifest.graphs["prefill"].inputs)
    context = set(manifest.graphs["prefill"].outputs)
    assert set(manifest.graphs["decode"].inputs) == context | {"point_coords", "point_labels"}
    assert set(manifest.graphs["refine"].inputs) == {*manifest.graphs["decode"].inputs, "mask_input"}


def test_the_manifest_says_when_corrections_take_a_closer_look(folder: Path) -> None:
    rule = json.loads((folder / MANIFEST).read_text())["closer_look"]
    assert rule == {"from_point": CLOSER_LOOK_FROM_POINT, "margin": CLOSER_LOOK_MARGIN}
    assert read_manifest(folder / MANIFEST).closer_look == CloserLook(**rule)


def test_the_command_writes_the_parity_table(network: PocketNetwork, tmp_path: Path) -> None:
    save_weights(network, tmp_path / "weights.safetensors")
    table = tmp_path / "parity.json"
    main(["pocket", str(tmp_path / "weights.safetensors"), str(tmp_path / "files"), "--parity", str(table)])
    rows = json.loads(table.read_text())
    assert len(rows) == len(SIZES_HW) * 7
    assert all(row["logits"] < TOLERANCE for row in rows)


def test_the_shipped_graphs_equal_the_shipped_weights() -> None:
    folder = get_spec("pocket").manifest_path.parent
    rows = check_parity(load_network(folder / WEIGHTS), folder)
    assert all(row.is_equal for row in rows)
