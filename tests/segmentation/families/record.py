"""`python -m tests.segmentation.families.record sam`: asks official code for golden numbers.

For each network it prints how far ours is from the official one on every output, and writes
`golden/NAME.json` if that is within the tolerance. Needs `python -m tools.official`.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from importlib.metadata import version
from pathlib import Path

from segmentation.segmenters.families import load_network
from segmentation.segmenters.promptable import PromptableNetwork
from tests.segmentation.families.comparison import TOLERANCE, Outputs, differences, network_outputs
from tests.segmentation.families.golden import write_golden
from tests.segmentation.families.images import image_case
from tests.segmentation.families.official import OfficialNetwork
from tests.segmentation.families.seeded_weights import fill_seeded, save_published
from tools.official import official_packages
from tools.problem import Problem, run_main

# `networks()` answers OfficialNetworks, `PACKAGES` says whose versions belong to the numbers, `CHECKOUT`
# which commit of a repository, where the official code is no package.
OFFICIAL = {
    "sam": "tests.segmentation.families.official_sam",
    "sam_hq": "tests.segmentation.families.official_sam_hq",
    "sam2": "tests.segmentation.families.official_sam2",
    "edgetam": "tests.segmentation.families.official_edgetam",
    "sam3": "tests.segmentation.families.official_sam3",
    "mobile_sam": "tests.segmentation.families.official_mobile_sam",
    "efficient_sam": "tests.segmentation.families.official_efficient_sam",
    "efficientvit_sam": "tests.segmentation.families.official_efficientvit_sam",
}


def main() -> int:
    for family in sys.argv[1:] or OFFICIAL:
        with official_packages():
            record(family)
    return 0


def record(family: str) -> None:
    official = importlib.import_module(OFFICIAL[family])
    about = {package: version(package.replace("_", "-")) for package in official.PACKAGES}
    if checkout := getattr(official, "CHECKOUT", None):
        about[checkout.repository] = checkout.commit
    for network in official.networks():
        shapes = {name: tuple(tensor.shape) for name, tensor in network.module.state_dict().items()}
        images = _official_outputs(network)
        # Where only part of the published depth is asked for, the module says how ours is loaded.
        load = getattr(official, "load_ours", partial(load_network, family))
        _compare(network, images, load)
        write_golden(network.name, about=about, shapes=shapes, images=images)


def _official_outputs(network: OfficialNetwork) -> dict[str, Outputs]:
    if network.images:
        fill_seeded(network.module)
        if network.adjust:
            network.adjust(network.module.state_dict())
    return {image: network.outputs(network.module, image_case(image)) for image in network.images}


def _compare(
    network: OfficialNetwork, images: dict[str, Outputs], load: Callable[[Path], PromptableNetwork]
) -> None:
    if not images:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = save_published(network.module.state_dict(), Path(folder) / f"{network.name}.pth")
        ours = load(path)
        for image, expected in images.items():
            found = differences(network_outputs(ours, image_case(image)), expected)
            _report(network.name, image, found)


def _report(name: str, image: str, found: dict[str, float]) -> None:
    kinds: Iterable[str] = ("embedding", "logits", "predicted IoU")
    worst = {kind: max(value for output, value in found.items() if kind in output) for kind in kinds}
    print(f"{name}, {image}: " + ", ".join(f"{kind} {value:.1e}" for kind, value in worst.items()))
    if max(found.values()) > TOLERANCE:
        raise Problem(f"{name} differs from the official network by more than {TOLERANCE}: {found}")


if __name__ == "__main__":
    run_main(main)
