"""Families of promptable segmenters by name, with lazy paths: listing them imports no network.

A new family is a package beside this file whose `family.py` has the two functions that `Family` names,
a row here, a parity test and a row in docs/segmenters.md; nothing else changes.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from segmentation.errors import SegmentationError

if TYPE_CHECKING:
    from segmentation.segmenters.promptable import PromptableNetwork


class UnknownFamily(SegmentationError):
    code: ClassVar[str] = "unknown_family"


@dataclass(frozen=True)
class Family:
    """`module` has `load_network(path) -> PromptableNetwork` and `recognises(names) -> bool`.

    `load_network` takes a published file or a Hugging Face folder and raises CheckpointRefused.
    `recognises` says whether a state dict with these tensor names is of the family; at most one does.
    """

    name: str
    title: str
    module: str


FAMILIES = {
    family.name: family
    for family in (
        Family("sam", "SAM", "segmentation.segmenters.sam.family"),
        Family("sam_hq", "SAM-HQ", "segmentation.segmenters.sam_hq.family"),
        Family("sam2", "SAM 2 and 2.1", "segmentation.segmenters.sam2.family"),
        Family("edgetam", "EdgeTAM", "segmentation.segmenters.edgetam.family"),
        Family("sam3", "SAM 3 (tracker)", "segmentation.segmenters.sam3.family"),
        Family("mobile_sam", "MobileSAM", "segmentation.segmenters.mobile_sam.family"),
        Family("efficient_sam", "EfficientSAM", "segmentation.segmenters.efficient_sam.family"),
        Family("efficientvit_sam", "EfficientViT-SAM", "segmentation.segmenters.efficientvit_sam.family"),
    )
}


def get_family(name: str) -> Family:
    """Raises UnknownFamily, which lists the known ones."""
    try:
        return FAMILIES[name]
    except KeyError:
        known = ", ".join(FAMILIES)
        raise UnknownFamily(f'There is no family "{name}". Known families: {known}.') from None


def recognises(family: Family, names: Collection[str]) -> bool:
    """Whether a state dict with these tensor names is of the family. Needs torch."""
    return cast("bool", importlib.import_module(family.module).recognises(names))


def recognised_families(names: Collection[str]) -> list[Family]:
    """The families to which such a state dict may belong: one, or none. Needs torch."""
    return [family for family in FAMILIES.values() if recognises(family, names)]


def load_network(family: str, path: Path) -> PromptableNetwork:
    """The network of a checkpoint in eval mode, float32, on the CPU. Needs torch.

    Raises UnknownFamily, and CheckpointRefused for a file that is not a checkpoint of the family.
    """
    module = importlib.import_module(get_family(family).module)
    return cast("Callable[[Path], PromptableNetwork]", module.load_network)(path)
