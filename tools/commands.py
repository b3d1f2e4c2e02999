"""Runs installers quietly, and turns what they say on failure into a sentence."""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.paths import ROOT
from tools.problem import Problem

NO_NETWORK = re.compile(
    r"name resolution|NewConnectionError|ConnectTimeout|Network is unreachable"
    r"|Failed to (fetch|connect|establish)"
    r"|dns error|error sending request|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH"
    r"|Could not resolve host|Could not connect|Unable to connect",
    re.IGNORECASE,
)
NO_SPACE = re.compile(r"No space left on device|ENOSPC|disk quota exceeded|EDQUOT", re.IGNORECASE)
LAST_LINES = 15


def run_quietly(
    *command: str | Path,
    doing: str,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    whole: bool = False,
) -> None:
    """Runs a command; its output is shown only when it fails.

    `doing` completes "…failed while …", for example "installing the Python packages". With `whole` the output
    is what the user wants to read, as of a linter; else known causes get a sentence instead.
    """
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise Problem(f"{command[0]} could not be started while {doing}: {error.strerror}.") from error
    if done.returncode == 0:
        return
    if whole:
        raise Problem(done.stdout.rstrip())
    raise Problem(explain_failure(done.stdout, doing=doing, command=command))


def explain_failure(output: str, *, doing: str, command: Sequence[str | Path]) -> str:
    """The sentence for a command that failed: known causes by name, else the end of what it said."""
    if NO_SPACE.search(output):
        return f"The disk is full (while {doing}). Free some space, then run the same command again."
    if NO_NETWORK.search(output):
        return (
            f"No network: a package registry could not be reached while {doing}. The first start downloads "
            "packages once; check the connection (or HTTPS_PROXY), then run the same command again."
        )
    tail = "\n".join(f"    {line}" for line in output.strip().splitlines()[-LAST_LINES:])
    shown = " ".join(Path(part).name if isinstance(part, Path) else part for part in command)
    return f"Something failed while {doing}. The command was `{shown}`, and it ended with:\n{tail}"
