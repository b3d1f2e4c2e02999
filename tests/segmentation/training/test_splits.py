"""Who is never trained on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from segmentation.training.recipe import RECIPES, Recipe, RecipeInvalid, load_recipe
from segmentation.training.splits import (
    EvaluationSetRefused,
    all_held_back,
    load_held_back,
    refuse_evaluation_sets,
)


def test_the_split_holds_150_objects_on_77_photos() -> None:
    held_back = load_held_back()
    ids = [number for numbers in held_back.annotation_ids.values() for number in numbers]
    assert held_back.dataset == "coco"
    assert len(held_back.file_names) == 77
    assert len(ids) == len(set(ids)) == 150


def test_bsds_is_refused(recipe: Recipe) -> None:
    with pytest.raises(EvaluationSetRefused, match="bsds"):
        refuse_evaluation_sets([*recipe.data, "bsds"])


def test_the_shipped_recipe_names_no_evaluation_set() -> None:
    refuse_evaluation_sets(list(load_recipe(RECIPES / "pocket.toml").data))


def test_a_misspelt_entry_of_a_recipe_is_named(tmp_path: Path) -> None:
    text = (RECIPES / "pocket.toml").read_text().replace("warmup_steps", "warm_up_steps")
    (tmp_path / "wrong.toml").write_text(text)
    with pytest.raises(RecipeInvalid, match="warm_up_steps"):
        load_recipe(tmp_path / "wrong.toml")


def test_sizes_that_the_encoder_cannot_take_are_refused(tmp_path: Path) -> None:
    text = (RECIPES / "pocket.toml").read_text().replace("sizes = [256", "sizes = [250")
    (tmp_path / "wrong.toml").write_text(text)
    with pytest.raises(RecipeInvalid, match="multiples of 32"):
        load_recipe(tmp_path / "wrong.toml")


def test_sizes_grow_with_the_training_time(recipe: Recipe) -> None:
    batch = replace(recipe.batch, sizes=(64, 96), size_from=(0.0, 0.5))
    assert [batch.size_at(fraction) for fraction in (0.0, 0.49, 0.5, 1.0)] == [64, 64, 96, 96]


def test_every_training_set_has_photos_that_are_held_back() -> None:
    sets = {split.dataset for split in all_held_back()}
    assert sets == set(load_recipe(RECIPES / "pocket.toml").data)


@pytest.mark.more
def test_the_splits_name_objects_that_exist(shared_data: Path) -> None:
    for split in all_held_back():
        raw = json.loads((shared_data / "regions" / split.dataset / "annotations.json").read_text())
        file_names = {image["id"]: image["file_name"] for image in raw["images"]}
        owners = {annotation["id"]: file_names[annotation["image_id"]] for annotation in raw["annotations"]}
        for file_name, ids in split.annotation_ids.items():
            assert file_name in file_names.values()
            assert {owners[number] for number in ids} <= {file_name}


@pytest.mark.parametrize("path", sorted(RECIPES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_recipe_can_be_read_and_names_no_evaluation_set(path: Path) -> None:
    refuse_evaluation_sets(list(load_recipe(path).data))


def test_both_recipes_of_pocket_make_the_same_network() -> None:
    on_cpu, on_gpu = (load_recipe(RECIPES / f"{name}.toml") for name in ("pocket", "pocket_gpu"))
    assert (on_cpu.network, on_cpu.data) == (on_gpu.network, on_gpu.data)
