"""`python -m tests.segmentation.families.seeded_file NAME PATH`: a checkpoint with seeded random weights.

In the official file format with the official names, for measurements where the published weights cannot be
had. Needs the official packages (`python -m tools.official`).
"""

import importlib
import sys
from pathlib import Path

from tests.segmentation.families import official_sam, official_sam2
from tests.segmentation.families.seeded_weights import fill_seeded, save_published
from tools.official import official_packages


def write_seeded_file(name: str, path: Path) -> Path:
    """`name` of `official_sam.NETWORKS` or `official_sam2.NETWORKS`. Answers the path."""
    with official_packages():
        if name in official_sam.NETWORKS:
            return save_published(fill_seeded(official_sam.build(official_sam.NETWORKS[name])), path)
        configuration, *_ = official_sam2.NETWORKS[name]
        model = importlib.import_module("sam2.build_sam").build_sam2(
            configuration, ckpt_path=None, device="cpu"
        )
        return save_published(fill_seeded(model), path, under=official_sam2.WRAPPED)


if __name__ == "__main__":
    write_seeded_file(sys.argv[1], Path(sys.argv[2]))
