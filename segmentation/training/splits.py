"""Which photos are held back from training, fixed for ever in files beside this one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

SPLITS = Path(__file__).parent / "splits"
EVALUATION_ONLY = frozenset({"bsds"})


class EvaluationSetRefused(ValueError):
    """Training was asked to learn from photos whose licence or purpose is evaluation only."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"'{name}' is for evaluation only and must not train weights. Take it out of [data]."
        )


@dataclass(frozen=True)
class HeldBack:
    """Photos of one set that training never sees, and the objects that are evaluated on them."""

    dataset: str
    annotation_ids: dict[str, tuple[int, ...]]  # file name -> annotations, in evaluation order

    @property
    def file_names(self) -> frozenset[str]:
        return frozenset(self.annotation_ids)


def load_held_back(name: str = "coco_val") -> HeldBack:
    raw = json.loads((SPLITS / f"{name}.json").read_text(encoding="utf-8"))
    ids = {image["file_name"]: tuple(image["annotation_ids"]) for image in raw["images"]}
    return HeldBack(raw["dataset"], ids)


def all_held_back() -> list[HeldBack]:
    """Every split beside this file: none of these photos is ever trained on."""
    return [load_held_back(path.stem) for path in sorted(SPLITS.glob("*.json"))]


def refuse_evaluation_sets(names: list[str]) -> None:
    for name in names:
        if name in EVALUATION_ONLY:
            raise EvaluationSetRefused(name)
