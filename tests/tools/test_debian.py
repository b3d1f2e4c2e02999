import os
import shutil

import pytest

from tools import debian
from tools.debian import install_debian_packages
from tools.problem import Problem

WHY = "Tests need a browser."


def pretend(monkeypatch: pytest.MonkeyPatch, *, user: int, programs: set[str]) -> list[tuple[str, ...]]:
    """Another user on another machine. Returns the commands that would have been run."""
    commands: list[tuple[str, ...]] = []
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name in programs else None)
    monkeypatch.setattr(debian, "run_quietly", lambda *command, **_: commands.append(command))
    return commands


def test_user_without_rights_is_told_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    commands = pretend(monkeypatch, user=1000, programs={"apt-get"})
    with pytest.raises(Problem, match=r"^Tests need a browser\. As root, run: apt-get install chromium$"):
        install_debian_packages(["chromium"], why=WHY)
    assert commands == []


def test_another_distribution_is_told_what_debian_calls_it(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, user=0, programs=set())
    with pytest.raises(Problem, match=r"Please install what Debian calls: chromium, redis-server\."):
        install_debian_packages(["chromium", "redis-server"], why=WHY)


@pytest.mark.parametrize(("user", "before"), [(0, []), (1000, ["sudo", "-n"])])
def test_list_of_packages_is_brought_up_to_date_first(
    monkeypatch: pytest.MonkeyPatch, user: int, before: list[str]
) -> None:
    commands = pretend(monkeypatch, user=user, programs={"apt-get", "sudo"})
    install_debian_packages(["chromium"], why=WHY)
    updates, installs = commands
    assert updates[: len(before) + 2] == (*before, "/usr/bin/apt-get", "update")
    assert installs[: len(before) + 2] == (*before, "/usr/bin/apt-get", "install")
    assert installs[-1] == "chromium"
