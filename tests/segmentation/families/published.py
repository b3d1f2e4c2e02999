"""Seeded weights as a published file, and the network that our loader makes of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from torch import Tensor

from segmentation.segmenters.families import FAMILIES, load_network, recognises
from segmentation.segmenters.promptable import PromptableNetwork
from tests.segmentation.families.golden import Golden
from tests.segmentation.families.seeded_weights import save_published, seeded_state


def load_published(
    family: str,
    golden: Golden,
    folder: Path,
    *,
    under: str | None = None,
    adjust: Callable[[Mapping[str, Tensor]], None] | None = None,
) -> PromptableNetwork:
    """The network of a file with the official names and shapes.

    `under` is the key that wraps its weights, `adjust` what their recorder did to the seeded ones.
    """
    weights = seeded_state(golden.shapes)
    if adjust:
        adjust(weights)
    return load_network(family, save_published(weights, folder / f"{golden.name}.pt", under=under))


def families_of(names: Collection[str]) -> list[str]:
    """The families that recognise a state dict by these names."""
    return [name for name, family in FAMILIES.items() if recognises(family, names)]
