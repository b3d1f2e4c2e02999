"""Installed segmenters come and go while a process runs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from segmentation import registry
from segmentation.checkpoints.errors import BadSegmenterName, NotInstalled, RecordUnreadable
from segmentation.checkpoints.installed import RECORD, check_name, get_installed, list_installed
from segmentation.registry import UnknownSegmenter, get_spec, known_segmenters, look_in
from segmentation.segmenters.runtimes import choose_runtime
from tests.segmentation.checkpoints.installing import install_files, manifest_of, record_of


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where the registry looks."""
    before = list(registry._folders)
    look_in(lambda: tmp_path / "segmenters")
    yield tmp_path / "segmenters"
    registry._folders[:] = before


def test_an_exported_segmenter_is_found_and_a_removed_one_is_gone(folder: Path) -> None:
    assert "my-sam" not in known_segmenters()
    place = install_files(folder, "my-sam")
    spec = get_spec("my-sam")
    assert (spec.name, spec.family, spec.codec) == ("my-sam", "sam", "int8-2")
    assert spec.checkpoint_path == place / "checkpoint"
    assert known_segmenters() == ["my-sam", "pocket"]
    shutil.rmtree(place)
    with pytest.raises(UnknownSegmenter, match="pocket"):
        get_spec("my-sam")


def test_without_its_checkpoint_its_exports_are_used(folder: Path) -> None:
    shutil.rmtree(install_files(folder, "my-sam") / "checkpoint")
    assert get_spec("my-sam").checkpoint_path is None
    assert choose_runtime(get_spec("my-sam"), "auto") == "onnxruntime"


def test_one_that_is_not_exported_cannot_be_loaded(folder: Path) -> None:
    install_files(folder, "my-sam", exported=False)
    assert "my-sam" not in known_segmenters()
    assert [found.name for found in list_installed(folder)] == ["my-sam"]


def test_a_new_export_is_noticed(folder: Path) -> None:
    place = install_files(folder, "my-sam")
    assert get_spec("my-sam").codec == "int8-2"
    changed = json.dumps(manifest_of("my-sam", codec="fp16-1"))
    (place / "export" / "manifest.json").write_text(changed)
    assert get_spec("my-sam").codec == "fp16-1"


@pytest.mark.parametrize("content", ["", "{", "null", '{"format": 1}'])
def test_a_damaged_manifest_hides_the_segmenter_only(folder: Path, content: str) -> None:
    place = install_files(folder, "broken")
    install_files(folder, "whole")
    (place / "export" / "manifest.json").write_text(content)
    assert known_segmenters() == ["pocket", "whole"]


def test_an_installed_one_never_replaces_the_bundled_one(folder: Path) -> None:
    install_files(folder, "pocket")
    assert get_spec("pocket").codec == "int8-2"


@pytest.mark.parametrize("name", ["", "..", "../x", "a/b", ".hidden", "Sam", "a b", "x" * 65, "sam-", "é"])
def test_names_that_are_no_plain_folder_names_are_refused(folder: Path, name: str) -> None:
    with pytest.raises(BadSegmenterName, match="lower-case"):
        check_name(name)
    with pytest.raises(UnknownSegmenter):
        get_spec(name)


@pytest.mark.parametrize("name", ["sam", "sam2.1-hiera-tiny", "x", "a_b", "x" * 64])
def test_plain_names_are_fine(name: str) -> None:
    assert check_name(name) == name


def test_a_record_is_read_as_it_was_written(folder: Path) -> None:
    install_files(folder, "my-sam")
    assert get_installed(folder, "my-sam").read_record() == record_of("my-sam")


def test_a_missing_one_is_told_with_those_that_are_there(folder: Path) -> None:
    install_files(folder, "my-sam")
    with pytest.raises(NotInstalled, match="Installed: my-sam"):
        get_installed(folder, "other")


def test_a_damaged_record_says_what_to_do(folder: Path) -> None:
    place = install_files(folder, "my-sam")
    (place / RECORD).write_text("[]")
    with pytest.raises(RecordUnreadable, match="segmenters remove my-sam"):
        get_installed(folder, "my-sam").read_record()
