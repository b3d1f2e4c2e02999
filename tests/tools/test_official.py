"""Official packages, for comparison only."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tools import official
from tools.problem import Problem
from tools.stamps import write_stamp


def test_missing_packages_are_told_with_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(official, "FOLDER", tmp_path)
    with pytest.raises(Problem, match=r"python -m tools\.official"), official.official_packages():
        pass


def test_packages_are_found_inside_only_and_after_those_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(official, "FOLDER", tmp_path)
    write_stamp(tmp_path / "stamp", official._digest())
    before = list(sys.path)
    with official.official_packages():
        assert sys.path == [*before, str(tmp_path)]
    assert sys.path == before


def test_packages_of_another_version_are_installed_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(official, "FOLDER", tmp_path)
    write_stamp(tmp_path / "stamp", official._digest())
    assert official.is_installed()
    monkeypatch.setattr(official, "PACKAGES", ("segment-anything==2.0",))
    assert not official.is_installed()
