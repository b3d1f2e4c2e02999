"""Debian packages, where we may install them."""

import os
import shutil
from collections.abc import Sequence

from tools.commands import run_quietly
from tools.problem import Problem, say


def install_debian_packages(packages: Sequence[str], *, why: str) -> None:
    """As root, or through a sudo that asks nothing; else a Problem says what to type."""
    apt = shutil.which("apt-get")
    wanted = " ".join(packages)
    if apt is None:
        raise Problem(f"{why} Please install what Debian calls: {', '.join(packages)}.")
    if os.geteuid() == 0:
        as_root: list[str] = []
    elif shutil.which("sudo"):
        as_root = ["sudo", "-n"]
    else:
        raise Problem(f"{why} As root, run: apt-get install {wanted}")
    say(f"Installing {wanted} …")
    env = {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        run_quietly(*as_root, apt, "update", "-q", doing="updating the list of Debian packages", env=env)
        options = ["install", "-y", "-q", "--no-install-recommends"]
        run_quietly(*as_root, apt, *options, *packages, doing=f"installing {wanted}", env=env)
    except Problem as problem:
        raise Problem(f"{why} {problem}\nBy hand, as root: apt-get install {wanted}") from problem
