"""The training recipe: one TOML file, read into frozen dataclasses."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from segmentation.segmenters.pocket.config import PocketConfig

T = TypeVar("T")
RECIPES = Path(__file__).parent / "recipes"
ADAMW, MUON = "adamw", "muon"


class RecipeInvalid(ValueError):
    """The recipe file cannot be used as it is; the message says which entry to change."""


@dataclass(frozen=True)
class ScenesRecipe:
    whole_photo: float
    synthetic: float
    paste: float
    max_regions: int
    min_area: float
    prefer_large: float


@dataclass(frozen=True)
class PromptsRecipe:
    click: float
    box: float
    box_and_clicks: float
    clicks: float
    box_jitter: tuple[float, ...]
    max_points: int
    first_only: float
    rounds: tuple[int, ...]
    round_weights: tuple[float, ...]


@dataclass(frozen=True)
class BatchRecipe:
    images: int
    objects: int
    sizes: tuple[int, ...]
    size_from: tuple[float, ...]

    def size_at(self, fraction: float) -> int:
        reached = [s for s, start in zip(self.sizes, self.size_from, strict=True) if start <= fraction]
        return reached[-1]


@dataclass(frozen=True)
class OptimiserRecipe:
    kind: str  # ADAMW or MUON
    learning_rate: float
    last_learning_rate: float
    weight_decay: float
    betas: tuple[float, float]
    warmup_steps: int
    cooldown: float
    clip_norm: float
    average_keep: float


@dataclass(frozen=True)
class LossRecipe:
    all_candidates: float
    similarity_mask: float
    predicted_iou: float
    ranking: float
    teacher: float


@dataclass(frozen=True)
class Recipe:
    seed: int
    network: PocketConfig
    data: dict[str, float]
    scenes: ScenesRecipe
    prompts: PromptsRecipe
    batch: BatchRecipe
    optimiser: OptimiserRecipe
    loss: LossRecipe


def load_recipe(path: Path) -> Recipe:
    """Raises RecipeInvalid. A recipe with `base = "OTHER.toml"` names only what differs from that one."""
    raw = _read(path)
    recipe = Recipe(
        seed=int(raw["seed"]),
        network=_section(PocketConfig, raw, "network", partial=True),
        data={name: float(share) for name, share in raw["data"].items()},
        scenes=_section(ScenesRecipe, raw, "scenes"),
        prompts=_section(PromptsRecipe, raw, "prompts"),
        batch=_section(BatchRecipe, raw, "batch"),
        optimiser=_section(OptimiserRecipe, raw, "optimiser"),
        loss=_section(LossRecipe, raw, "loss"),
    )
    if any(size % 32 for size in recipe.batch.sizes):
        raise RecipeInvalid(f"batch.sizes must be multiples of 32, not {recipe.batch.sizes}.")
    return recipe


def _read(path: Path) -> dict[str, Any]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    if "base" not in raw:
        return raw
    merged = _read(path.with_name(str(raw.pop("base"))))
    for name, entry in raw.items():
        merged[name] = {**merged.get(name, {}), **entry} if isinstance(entry, dict) else entry
    return merged


def _section(kind: type[T], raw: dict[str, Any], name: str, *, partial: bool = False) -> T:
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in raw.get(name, {}).items()}
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    wrong = set(values) - known if partial else set(values) ^ known
    if wrong:
        raise RecipeInvalid(f"[{name}]: unknown or missing entries {sorted(wrong)}.")
    return kind(**values)
