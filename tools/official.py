"""`python -m tools.official`: the official packages of published segmenters, for comparison only.

Tests record golden numbers from them, and benchmarks run them as the baseline; nothing else uses them.
They go into `.cache/official`, without their dependencies, so that no torch is replaced. It needs the
packages of `make torch`.
"""

import ctypes
import importlib
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from tools.commands import run_quietly
from tools.install_torch import install_torch
from tools.paths import ROOT, VENV_PYTHON
from tools.problem import Problem, run_main, say
from tools.stamps import is_stamped, write_stamp

FOLDER = ROOT / ".cache" / "official"
PACKAGES = (
    "segment-anything==1.0",
    "sam2==1.1.0",
    "segment-anything-hq==0.3",
    # What these import, and the code in checkouts (tests/segmentation/families/checkouts.py).
    "antlr4-python3-runtime==4.9.3",
    "hydra-core==1.3.8",
    "iopath==0.1.10",
    "omegaconf==2.3.1",
    "portalocker==4.4.2",
    "timm==1.0.31",
    "torchvision==0.28.0",
)


def main() -> int:
    install_official_packages()
    return 0


def install_official_packages() -> None:
    """Into `FOLDER`, unless they are there already."""
    if is_installed():
        return
    if find_spec("torch"):
        python = Path(sys.executable)
    else:
        install_torch()
        python = VENV_PYTHON
    say("Installing the official packages into .cache/official …")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    # Built here, without isolation: an isolated build of sam2 would fetch a torch of its own.
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--target", str(FOLDER))
    run_quietly(
        python,
        *("-m", "pip", "install", *options, *PACKAGES),
        doing="installing the official packages",
        env={"SAM2_BUILD_CUDA": "0"},
    )
    write_stamp(FOLDER / "stamp", _digest())


def is_installed() -> bool:
    return is_stamped(FOLDER / "stamp", _digest())


@contextmanager
def official_packages() -> Iterator[None]:
    """Inside, `import segment_anything` and `import sam2` work. Raises Problem where they are not installed.

    The folder comes last in the search path: everything that the environment has is taken from there.
    """
    if not is_installed():
        raise Problem("The official packages are not installed. Run: python -m tools.official")
    sys.path.append(str(FOLDER))
    try:
        _let_torchvision_import()
        yield
    finally:
        sys.path.remove(str(FOLDER))


def _let_torchvision_import() -> None:
    """Declares torchvision's operators where its library cannot be loaded.

    The package index has torchvision for CUDA only. Beside a torch without CUDA its Python part imports,
    and resizes images, once the names of its operators are known; the operators themselves stay unusable.
    """
    spec = find_spec("torchvision")
    if "torchvision" in sys.modules or spec is None or spec.origin is None:
        return
    package = Path(spec.origin).parent
    torch = importlib.import_module("torch")  # first: torchvision's library needs those of torch
    if _loads(package):
        return
    library = torch.library.Library("torchvision", "DEF")
    _kept.append(library)
    registrations = (package / "_meta_registrations.py").read_text(encoding="utf-8")
    for name in sorted(set(re.findall(r'(?:torchvision::|register_meta\(")(\w+)', registrations))):
        library.define(f"{name}(Tensor a) -> Tensor")


def _loads(package: Path) -> bool:
    try:
        for file in package.glob("_C*.so"):
            ctypes.CDLL(os.fspath(file))
    except OSError:
        return False
    return True


_kept: list[object] = []  # operators are forgotten when their library is


def _digest() -> str:
    return f"{sys.version_info[:2]} {' '.join(PACKAGES)}"


if __name__ == "__main__":
    run_main(main)
