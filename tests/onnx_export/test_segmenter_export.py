"""Exported decoders of published families against official numbers, and what an export leaves behind."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import torch
from torch import Tensor, nn

from onnx_export.command import main
from onnx_export.decoders import decoder_specs
from onnx_export.encoder import IMAGE
from onnx_export.exporter import OPSET, GraphSpec, export_graph, export_large_graph
from onnx_export.manifest import MANIFEST
from onnx_export.parity_cases import IMAGE_SIZES_HW, MANY
from onnx_export.sam_decoder.upscaling import OUTSIDE
from onnx_export.segmenter import NotEqual, export_segmenter
from onnx_export.segmenter_parity import LOGITS_TOLERANCE, PARITY, Graphs, check_decoder
from segmentation.segmenters.manifest import read_manifest
from segmentation.segmenters.promptable import PromptableNetwork
from segmentation.segmenters.sam3.family import tracker_network
from tests.segmentation.families.comparison import network_outputs
from tests.segmentation.families.golden import read_golden
from tests.segmentation.families.images import image_case
from tests.segmentation.families.official_edgetam import calm
from tests.segmentation.families.official_sam3 import two_blocks
from tests.segmentation.families.published import load_published
from tests.segmentation.families.seeded_weights import save_published, seeded_state

pytestmark = pytest.mark.more

# One network of each structure, with numbers that its authors' code (or transformers) gave.
SEEDED = {
    "sam": "sam_vit_b_2_blocks",
    "sam_hq": "sam_hq_vit_b_3_blocks",
    "sam2": "sam2.1_hiera_tiny",
    "edgetam": "edgetam",
    "sam3": "sam3_2_blocks",
    "efficient_sam": "efficient_sam_vitt",
}
WRAPPED = {"sam2": "model", "efficient_sam": "model"}
ADJUSTED = {"edgetam": calm}
# Absent, slow or computed elsewhere in some execution provider.
UNWANTED = {"TopK", "NonZero", "Loop", "If", "Scan", "Einsum", "GatherND", "ScatterND", "Resize"}
MAX_NODES = 600  # a session is made while somebody waits


class Exported:
    """A seeded network and its decoder graphs."""

    def __init__(self, family: str, folder: Path) -> None:
        self.golden = read_golden(SEEDED[family])
        self.network = self._load(family, folder)
        self.folder = folder
        self.specs = decoder_specs(self.network)
        for spec in self.specs:
            export_graph(spec, folder / f"{spec.name}.onnx")
        self.graphs = Graphs(folder)

    def _load(self, family: str, folder: Path) -> PromptableNetwork:
        if family == "sam3":
            path = save_published(seeded_state(self.golden.shapes), folder / "sam3.pt")
            return tracker_network(path, two_blocks())
        under, adjust = WRAPPED.get(family), ADJUSTED.get(family)
        return load_published(family, self.golden, folder, under=under, adjust=adjust)

    def embedding(self) -> list[Tensor]:
        generator = torch.Generator().manual_seed(0)
        return [torch.randn(*tensor.dims, generator=generator) for tensor in self.network.embedding]

    def feeds(self) -> dict[str, Any]:
        """Everything that a prompt on one image needs; the graph takes what it declares."""
        tensors = (tensor.numpy() for tensor in self.embedding())
        feeds: dict[str, Any] = dict(zip((t.name for t in self.network.embedding), tensors, strict=True))
        size = self.network.input.size
        return (
            feeds
            | self.graphs.run("prefill", feeds)
            | {
                "point_coords": np.array([[[0.3, 0.4], [0, 0]]], np.float32) * size,
                "point_labels": np.array([[1, -1]], np.float32),
                "wanted": np.arange(4, dtype=np.int32),
                "valid_hw": np.array(self.network.low_res_hw, np.int32),
            }
        )


@pytest.fixture(scope="module", params=SEEDED)
def exported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return Exported(request.param, tmp_path_factory.mktemp(request.param))


@pytest.fixture(scope="module")
def sam(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return Exported("sam", tmp_path_factory.mktemp("sam"))


class DecoderByGraphs(nn.Module):
    """The graphs in the place of the reference decoder: all mask tokens, in the order of the tokens."""

    def __init__(self, exported: Exported) -> None:
        super().__init__()
        self.exported = exported
        self.reference = exported.network.decoder

    def forward(self, *inputs: Any) -> tuple[Tensor, Tensor]:
        """`PromptableNetwork.decoder`."""
        *embedding, coords, labels, mask = inputs
        network, graphs = self.exported.network, self.exported.graphs
        names = [tensor.name for tensor in network.embedding]
        feeds: dict[str, Any] = dict(zip(names, (tensor.numpy() for tensor in embedding), strict=True))
        feeds |= graphs.run("prefill", feeds)
        feeds |= {"point_coords": coords.numpy(), "point_labels": labels.numpy()}
        feeds |= {"wanted": np.arange(4, dtype=np.int32), "valid_hw": np.array(network.low_res_hw, np.int32)}
        if mask is not None:
            feeds["mask_input"] = mask.numpy()
        answer = graphs.run("decode" if mask is None else "refine", feeds)
        _, scores = self.reference(*inputs)
        # By predicted IoU the ranked answers find the tokens that they are of.
        order = [int(np.abs(answer["predicted_iou"][0] - float(score)).argmin()) for score in scores[0]]
        assert sorted(order) == list(range(4))
        return torch.from_numpy(answer["low_res_logits"][:, order]), torch.from_numpy(
            answer["predicted_iou"][:, order]
        )


def test_graphs_give_the_official_numbers(exported: Exported) -> None:
    image = next(iter(exported.golden.images))
    by_graphs = replace(exported.network, decoder=DecoderByGraphs(exported))
    exported.golden.assert_matches(image, network_outputs(by_graphs, image_case(image)))


def test_graphs_answer_as_the_network_for_every_prompt(exported: Exported) -> None:
    """Ranks, the rule for the best mask, and many points included."""
    network = exported.network
    is_padded = network.input.resize == "longest_side"
    size = network.input.size
    for model_hw in ((size * 2 // 3, size), (size, size // 3)) if is_padded else ((size, size),):
        rows = list(
            check_decoder(
                network, exported.graphs, image="random", embedding=exported.embedding(), model_hw=model_hw
            )
        )
        assert [row for row in rows if not row.is_equal] == []
        kinds = {row.case for row in rows}
        assert {"one point, the best mask", "points and box, all masks", "many points, all masks"} <= kinds
        assert ("points, box and mask, all masks" in kinds) == network.takes_mask


def test_prompts_and_masks_matter(exported: Exported) -> None:
    """Parity would also hold for graphs that ignore what they are given."""
    feeds = exported.feeds()
    size = exported.network.input.size
    other_point = feeds | {"point_coords": feeds["point_coords"] + np.float32(size / 4)}
    background = feeds | {"point_labels": np.array([[0, -1]], np.float32)}
    box = feeds | {"point_labels": np.array([[2, 3]], np.float32)}
    answers = [exported.graphs.run("decode", each) for each in (feeds, other_point, background, box)]
    if exported.network.takes_mask:
        mask = np.random.default_rng(0).normal(size=(1, 1, *exported.network.low_res_hw)) * 5
        answers.append(exported.graphs.run("refine", feeds | {"mask_input": mask.astype(np.float32)}))
    for i, one in enumerate(answers):
        for other in answers[i + 1 :]:
            assert np.abs(one["low_res_logits"] - other["low_res_logits"]).max() > 0.01


def test_logits_are_fed_back_within_the_limits_of_the_official_predictor(exported: Exported) -> None:
    """SAM 2's clamps what it gives back to +-32; SAM's does not."""
    if not exported.network.takes_mask:
        return
    feeds = exported.feeds()
    mask = np.random.default_rng(0).normal(size=(1, 1, *exported.network.low_res_hw)).astype(np.float32) * 50
    plain, clamped = (
        exported.graphs.run("refine", feeds | {"mask_input": logits})["low_res_logits"]
        for logits in (mask, mask.clip(-32, 32))
    )
    assert np.array_equal(plain, clamped) == (exported.network.decoder_kind == "sam2")


def test_wanted_ranks_are_the_ones_among_all(exported: Exported) -> None:
    feeds = exported.feeds()
    everything = exported.graphs.run("decode", feeds)
    some = exported.graphs.run("decode", feeds | {"wanted": np.array([2, 0], np.int32)})
    for name in ("low_res_logits", "predicted_iou"):
        np.testing.assert_allclose(some[name], everything[name][:, [2, 0]], rtol=0, atol=1e-4)


def test_one_point_prefers_candidates_and_several_the_single_mask(sam: Exported) -> None:
    feeds = sam.feeds()
    one = sam.graphs.run("decode", feeds)["predicted_iou"][0]
    assert list(one[:3]) == sorted(one[:3], reverse=True)
    two = feeds | {"point_labels": np.array([[1, 0]], np.float32)}
    coords, labels = (torch.from_numpy(two[name]) for name in ("point_coords", "point_labels"))
    _, scores = sam.network.decoder(*sam.embedding(), coords, labels, None)
    ranked = sam.graphs.run("decode", two)["predicted_iou"][0]
    assert ranked[0] == pytest.approx(float(scores[0, 0]), abs=1e-4)
    assert list(ranked[1:]) == sorted(ranked[1:], reverse=True)


def test_what_is_left_out_is_filled_and_the_rest_is_the_same(sam: Exported) -> None:
    feeds = sam.feeds()
    everything = sam.graphs.run("decode", feeds)["low_res_logits"]
    part = sam.graphs.run("decode", feeds | {"valid_hw": np.array([170, 201], np.int32)})["low_res_logits"]
    assert part.shape == everything.shape
    np.testing.assert_allclose(part[..., :170, :201], everything[..., :170, :201], rtol=0, atol=1e-4)
    assert (part[..., 172:, :] == OUTSIDE).all()
    assert (part[..., 204:] == OUTSIDE).all()
    beyond = sam.graphs.run("decode", feeds | {"valid_hw": np.array([2**20, 2**20], np.int32)})
    np.testing.assert_array_equal(beyond["low_res_logits"], everything)


def test_only_operators_that_browsers_run(exported: Exported) -> None:
    for spec in exported.specs:
        model = onnx.load(exported.folder / f"{spec.name}.onnx")
        kinds = {node.op_type for node in model.graph.node}
        assert {node.domain for node in model.graph.node} <= {"", "ai.onnx"}
        assert not UNWANTED & kinds
        assert len(model.graph.node) < MAX_NODES
        assert next(entry.version for entry in model.opset_import if not entry.domain) == OPSET
        # The norm's further outputs are wrong in the WebGPU provider.
        norms = [node for node in model.graph.node if node.op_type == "SimplifiedLayerNormalization"]
        assert all(len(node.output) == 1 for node in norms)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """SAM with two blocks by the command line, and what it printed is in the folder's report."""
    folder = tmp_path_factory.mktemp("installed")
    load_published("sam", read_golden(SEEDED["sam"]), folder)
    checkpoint = folder / f"{SEEDED['sam']}.pt"
    arguments = ["segmenter", "--family", "sam", "--checkpoint", str(checkpoint)]
    return folder / "export", [*arguments, "--name", "small-sam", "--out", str(folder / "export")]


def test_the_command_writes_all_that_the_product_reads(
    installed: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, arguments = installed
    main(arguments)
    manifest = read_manifest(folder / MANIFEST)
    assert (manifest.segmenter, manifest.mask_stride, manifest.candidates) == ("small-sam", 4, 3)
    assert manifest.input.pixels is not None
    assert "closer_look" not in manifest.raw
    assert set(manifest.graphs) == {"prefill", "decode", "refine"}
    assert manifest.encoder.inputs == (IMAGE,)
    context = {*manifest.graphs["prefill"].outputs}
    prompt = {"point_coords", "point_labels", "wanted", "valid_hw"}
    assert set(manifest.graphs["decode"].inputs) == context | prompt
    assert set(manifest.graphs["refine"].inputs) == context | prompt | {"mask_input"}
    for graph in (manifest.encoder, *manifest.graphs.values()):
        assert graph.path.stat().st_size == graph.bytes
    report = json.loads((folder / PARITY).read_text())
    assert {row["image"] for row in report["rows"]} == set(IMAGE_SIZES_HW)
    assert max(row["difference"] for row in report["rows"]) < report["logits_tolerance"] == LOGITS_TOLERANCE
    assert MANY > 16
    printed = capsys.readouterr().out
    assert "encoder: " in printed
    assert "landscape" in printed


def test_a_refused_checkpoint_ends_with_a_sentence(installed: tuple[Path, list[str]], tmp_path: Path) -> None:
    checkpoint = tmp_path / "broken.pth"
    checkpoint.write_bytes(b"PK\x03\x04 nothing more")
    arguments = ["segmenter", "--family", "sam", "--checkpoint", str(checkpoint)]
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--name", "x", "--out", str(tmp_path / "out")])
    assert "broken.pth" in str(ended.value.code)
    assert not (tmp_path / "out").exists()


def test_graphs_that_differ_leave_the_export_before_them(
    sam: Exported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onnx_export.segmenter_parity.LOGITS_TOLERANCE", 0.0)
    monkeypatch.setattr("onnx_export.segmenter_parity.IMAGE_SIZES_HW", {"tiny": IMAGE_SIZES_HW["tiny"]})
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "before").touch()
    with pytest.raises(NotEqual, match="must not be used"):
        export_segmenter(sam.network, folder, name="x", checkpoint_sha256="0", tell=lambda _line: None)
    assert [path.name for path in tmp_path.iterdir()] == ["export"]
    assert [path.name for path in folder.iterdir()] == ["before"]


def test_weights_too_large_for_one_file_lie_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onnx_export.exporter.MAX_INLINE_BYTES", 1000)
    values = torch.arange(32.0)[None]
    spec = GraphSpec("large", nn.Linear(32, 32), {"values": values}, ["answer"], {})
    weights = export_large_graph(spec, tmp_path / "large.onnx")
    assert weights == tmp_path / "large.onnx.data"
    assert (tmp_path / "large.onnx").stat().st_size < 1000
    answer = Graphs(tmp_path).run("large", {"values": values.numpy()})["answer"]
    np.testing.assert_allclose(answer, spec.module(values).detach().numpy(), rtol=0, atol=1e-5)
