"""The project's own virtual environment, `.venv`, and the pinned packages in it."""

import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tools.commands import run_quietly
from tools.debian import install_debian_packages
from tools.paths import ROOT, VENV, VENV_PYTHON
from tools.problem import Problem, say
from tools.stamps import digest_files, is_stamped, write_stamp

# uv installs many times faster than pip does; pip stays the way where uv has no wheel.
UV = "uv==0.13.9"
PIP_OPTIONS = ["--quiet", "--disable-pip-version-check", "--no-input", "--retries=2", "--timeout=30"]
INSTALLING = "installing Python packages"
FREE_BYTES_NEEDED = 1_200_000_000


def ensure_virtualenv() -> None:
    """Makes `.venv` when it is missing, or when the Python it was made with is gone."""
    if _works(VENV_PYTHON):
        return
    check_free_space()
    say("Making a virtual environment in .venv …")
    shutil.rmtree(VENV, ignore_errors=True)
    if not _has_ensurepip():
        install_debian_packages([_venv_package()], why="This Python cannot make virtual environments.")
    run_quietly(sys.executable, "-m", "venv", VENV, doing="making the virtual environment")


def ensure_packages(lock: str) -> None:
    """Installs what a lock file pins, for example `requirements.txt`, unless it is there already."""
    _ensure_lock(lock, install_packages)


def ensure_torch_packages() -> None:
    """What `requirements-torch.txt` pins; by pip, which also finds wheels that a pip.conf names.

    The lock says torch without "+cpu" or "+cu…", so that the machine's own wheel of that version is taken.
    """
    _ensure_lock("requirements-torch.txt", _pip_install)


def install_packages(*arguments: str) -> None:
    """`pip install`, through uv where uv can be had."""
    uv = VENV / "bin" / "uv"
    if not uv.exists():
        try:
            _pip_install("--only-binary=:all:", UV)
        except Problem:
            # Also without a network: then pip fails again, and its message is the one to show.
            _pip_install(*arguments)
            return
    command = ["pip", "install", "--quiet", "--python", str(VENV_PYTHON), *arguments]
    run_quietly(uv, *command, doing=INSTALLING, env={"UV_HTTP_TIMEOUT": "30", "UV_LINK_MODE": "copy"})


def check_free_space() -> None:
    """A Problem where the disk is too full for the packages and the build."""
    free = shutil.disk_usage(ROOT).free
    if free < FREE_BYTES_NEEDED:
        raise Problem(
            f"Only {free // 1_000_000} MB are free on the disk of {ROOT}; the first start needs "
            f"{FREE_BYTES_NEEDED // 1_000_000} MB. Free some space, then try again."
        )


def _ensure_lock(lock: str, install: Callable[..., None]) -> None:
    file = ROOT / lock
    stamp = VENV / f"{lock}.stamp"
    digest = digest_files([file], also=platform.python_version())
    if is_stamped(stamp, digest):
        return
    check_free_space()
    say(f"Installing the Python packages of {lock} …")
    install("-r", str(file))
    write_stamp(stamp, digest)


def _pip_install(*arguments: str) -> None:
    run_quietly(VENV_PYTHON, "-m", "pip", "install", *PIP_OPTIONS, *arguments, doing=INSTALLING)


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    probe = [str(python), "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
    return subprocess.run(probe, check=False, capture_output=True).returncode == 0


def _has_ensurepip() -> bool:
    """Debian ships Python without ensurepip; it comes with the package python3-venv."""
    probe = [sys.executable, "-c", "import ensurepip, venv"]
    return subprocess.run(probe, check=False, capture_output=True).returncode == 0


def _venv_package() -> str:
    return f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
