"""`make train-pocket`: installs torch, then trains the bundled segmenter (docs/pocket.md)."""

import os
import subprocess
import sys
from pathlib import Path

from tools.install_torch import install_torch
from tools.paths import ROOT, VENV_PYTHON
from tools.problem import Problem, run_main

OUT = ROOT / "build" / "pocket"
MINUTES = "180"


def main() -> int:
    shared = Path(os.environ.get("MASKWRIGHT_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not (shared / "regions").is_dir():
        raise Problem(
            f"There are no data sets in {shared}. Training needs a folder with regions/NAME/images and "
            "regions/NAME/annotations.json (COCO); name it: MASKWRIGHT_SHARED_DATA=/path make train-pocket"
        )
    install_torch()
    options = ["--data", str(shared / "regions"), "--out", str(OUT), "--minutes", MINUTES, *sys.argv[1:]]
    return subprocess.run(
        [str(VENV_PYTHON), "-m", "segmentation.training", *options], cwd=ROOT, check=False
    ).returncode


if __name__ == "__main__":
    run_main(main)
