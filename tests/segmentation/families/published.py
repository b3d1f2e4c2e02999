"""Seeded weights as a published file, and the network that our loader makes of it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from segmentation.segmenters.families import FAMILIES, load_network, recognises
from segmentation.segmenters.promptable import PromptableNetwork
from tests.segmentation.families.golden import Golden
from tests.segmentation.families.seeded_weights import save_published, seeded_state


def load_published(
    family: str, golden: Golden, folder: Path, *, under: str | None = None
) -> PromptableNetwork:
    """The network of a file with the official names and shapes; `under` is the key that wraps its weights."""
    path = save_published(seeded_state(golden.shapes), folder / f"{golden.name}.pt", under=under)
    return load_network(family, path)


def families_of(names: Collection[str]) -> list[str]:
    """The families that recognise a state dict by these names."""
    return [name for name, family in FAMILIES.items() if recognises(family, names)]
