"""Segmenters by name, prompts and manifests: what is accepted, what is refused and how."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from segmentation.prompts import Prompt, make_prompt
from segmentation.registry import UnknownSegmenter, get_spec, known_segmenters
from segmentation.segmenters.manifest import ManifestUnreadable, read_manifest
from tests.segmentation.fake_segmenter import spec_in


def test_pocket_is_known_and_complete() -> None:
    spec = get_spec("pocket")
    manifest = read_manifest(spec.manifest_path)
    assert "pocket" in known_segmenters()
    assert manifest.segmenter == spec.name
    assert manifest.encoder.path.is_file()
    assert all(graph.path.is_file() for graph in manifest.graphs.values())


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UnknownSegmenter, match=r'"sam".*pocket'):
        get_spec("sam")


def test_looking_up_a_segmenter_imports_no_network() -> None:
    code = (
        "import sys, segmentation.registry as r; r.get_spec('pocket');"
        "assert not {'onnxruntime', 'torch', 'cv2'} & set(sys.modules), sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_a_prompt_from_triples() -> None:
    prompt = make_prompt([(1.5, 2.5, 1), (3, 4, 0)], box_xyxy=(0, 0, 5, 5))
    assert prompt.points_xy.tolist() == [[1.5, 2.5], [3, 4]]
    assert prompt.point_labels.tolist() == [1, 0]
    assert not prompt.is_empty
    assert make_prompt().is_empty


@pytest.mark.parametrize(
    ("points", "labels"),
    [(np.zeros((2, 2)), np.ones(1)), (np.zeros((2, 3)), np.ones(2)), (np.zeros((1, 2)), np.full(1, 7))],
)
def test_a_prompt_that_contradicts_itself_is_refused(points: Any, labels: Any) -> None:
    with pytest.raises(ValueError, match="point"):
        Prompt(points.astype(np.float32), labels.astype(np.int8))


@pytest.mark.parametrize("change", [{}, {"closer_look": None}])
def test_a_manifest_may_leave_the_closer_look_out(tmp_path: Path, change: dict[str, Any]) -> None:
    path = spec_in(tmp_path).manifest_path
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    assert read_manifest(path).closer_look is None


@pytest.mark.parametrize(
    "change",
    [
        {"format": 1},
        {"encoder": {"file": "../x"}},
        {"input": {}},
        {"graphs": []},
        {"closer_look": {"margin": 2.0}},
        {"closer_look": {"from_point": 0, "margin": 2.0}},
        {"closer_look": {"from_point": 3, "margin": 0.5}},
    ],
)
def test_a_manifest_with_a_wrong_field_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    path = spec_in(tmp_path).manifest_path
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(ManifestUnreadable):
        read_manifest(path)


@pytest.mark.parametrize("content", ["", "{", "[]", "null"])
def test_what_is_no_manifest_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(content)
    with pytest.raises(ManifestUnreadable):
        read_manifest(path)


def test_a_missing_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ManifestUnreadable):
        read_manifest(tmp_path / "manifest.json")
