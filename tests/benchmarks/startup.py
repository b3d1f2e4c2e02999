"""From a clean clone to a page that answers, and what the process tree then needs.

first_s  `make run` in a new clone with empty package caches, until it prints its link.
again_s  the same command again.
rest_mb  memory of the whole tree (proportional set size, MB of 10^6 bytes) once the demo images are encoded.
"""

import subprocess
import tempfile
import time
from pathlib import Path

import psutil

from tests.journeys.support.server import MAKE_RUN, Server
from tools.paths import ROOT

QUIET_CPU_PERCENT = 5.0
QUIET_FOR_S = 5.0
QUIET_TIMEOUT_S = 180.0


def measure() -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="maskwright-bench-") as name:
        folder = Path(name)
        clone = folder / "clone"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        server = Server(folder / "data", env=_empty_caches(folder), tree=clone)
        try:
            first_s = _time_start(server)
            server.stop()
            again_s = _time_start(server)
            rest_mb = _memory_at_rest(psutil.Process(server.pid))
            server.stop()
        finally:
            server.kill()
    return {"first_s": round(first_s, 1), "again_s": round(again_s, 2), "rest_mb": round(rest_mb)}


def _empty_caches(folder: Path) -> dict[str, str]:
    names = ("PIP_CACHE_DIR", "UV_CACHE_DIR", "npm_config_cache")
    return {name: str(folder / "caches" / name) for name in names}


def _time_start(server: Server) -> float:
    start = time.monotonic()
    server.start(MAKE_RUN)
    return time.monotonic() - start


def _memory_at_rest(root: psutil.Process) -> float:
    """MB of the tree, measured when it has had nothing to do for some seconds."""
    deadline = time.monotonic() + QUIET_TIMEOUT_S
    while _cpu_percent(root) > QUIET_CPU_PERCENT:
        if time.monotonic() > deadline:
            raise TimeoutError(f"The process tree did not come to rest within {QUIET_TIMEOUT_S:g} s.")
    return sum(process.memory_full_info().pss for process in _tree(root)) / 1e6


def _cpu_percent(root: psutil.Process) -> float:
    """Of one core, over the next seconds, by the whole tree."""

    def used() -> float:
        return sum(sum(process.cpu_times()[:2]) for process in _tree(root))

    before = used()
    time.sleep(QUIET_FOR_S)
    return (used() - before) / QUIET_FOR_S * 100


def _tree(root: psutil.Process) -> list[psutil.Process]:
    return [root, *root.children(recursive=True)]
