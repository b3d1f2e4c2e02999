"""Photos become scenes; held-back ones never do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from segmentation.training.batches import batch_processes, batch_source, draw_sample
from segmentation.training.command import make_scenes
from segmentation.training.recipe import Recipe
from segmentation.training.regions import PhotoUnreadable, RegionCache, open_cache
from segmentation.training.scenes import SceneSampler
from segmentation.training.splits import load_held_back

pytestmark = pytest.mark.more


@pytest.fixture
def cache(data: Path, recipe: Recipe, tmp_path: Path) -> RegionCache:
    return open_cache(data, list(recipe.data), tmp_path / "cache")


@pytest.fixture
def scenes(cache: RegionCache, recipe: Recipe) -> SceneSampler:
    return make_scenes(cache, recipe)


def test_the_cache_gives_back_pixels_and_masks(cache: RegionCache) -> None:
    photo = cache.photos[0]
    x, y, width, height = photo.regions[0].bbox_xywh
    mask = cache.mask(photo, photo.regions[0])
    assert cache.image(photo).shape == (60, 80, 3)
    assert (x, y, width, height) == (5, 8, 30, 40)
    assert mask.sum() == mask[y : y + height, x : x + width].sum() == 30 * 40


def test_an_open_cache_is_reused(data: Path, recipe: Recipe, cache: RegionCache) -> None:
    written = (cache.folder / "pixels.bin").stat().st_mtime_ns
    again = open_cache(data, list(recipe.data), cache.folder)
    assert again.photos == cache.photos
    assert (cache.folder / "pixels.bin").stat().st_mtime_ns == written


def test_a_missing_photo_is_named(data: Path, recipe: Recipe, tmp_path: Path) -> None:
    (data / "facades" / "images" / "1.png").unlink()
    with pytest.raises(PhotoUnreadable, match=r"1\.png"):
        open_cache(data, list(recipe.data), tmp_path / "other")


def test_held_back_photos_are_never_drawn(cache: RegionCache, recipe: Recipe) -> None:
    held_back = frozenset({("coco", "0.png"), ("coco", "2.png")})
    sampler = SceneSampler(cache, recipe.scenes, shares=recipe.data, held_back=held_back)
    assert [photo.file_name for photo in sampler.photos["coco"]] == ["1.png"]
    assert len(sampler.photos["facades"]) == 3
    assert {photo.file_name for photo, _ in sampler.pastes} == {"1.png"}


@pytest.mark.parametrize("synthetic", [0.0, 1.0])
def test_a_scene_has_a_picture_and_masks_that_are_not_tiny(
    cache: RegionCache, recipe: Recipe, synthetic: float
) -> None:
    sampler = SceneSampler(
        cache, replace(recipe.scenes, synthetic=synthetic), shares=recipe.data, held_back=frozenset()
    )
    for seed in range(10):
        scene = sampler.draw(np.random.default_rng(seed), 64)
        assert scene.image.shape == (64, 64, 3)
        assert all(mask.shape == (64, 64) and mask.max() == 1 for mask in scene.masks)
        assert min(np.count_nonzero(mask) for mask in scene.masks) > 64 * 64 * recipe.scenes.min_area


def test_masks_lie_on_their_objects(cache: RegionCache, recipe: Recipe) -> None:
    """The rectangles are brighter than all around them, in every scene that is not inverted."""
    plain = replace(recipe.scenes, synthetic=0.0, paste=0.0)
    sampler = SceneSampler(cache, plain, shares=recipe.data, held_back=frozenset())
    brighter = 0
    for seed in range(20):
        scene = sampler.draw(np.random.default_rng(seed), 64)
        grey = scene.image.mean(2)
        inside = np.any(scene.masks, axis=0)
        brighter += bool(grey[inside].mean() > grey[~inside].mean())
    assert brighter >= 16


def test_a_batch_depends_on_seed_step_and_size_alone(scenes: SceneSampler, recipe: Recipe) -> None:
    with batch_source(scenes, recipe, threads=2) as first, batch_source(scenes, recipe, threads=1) as second:
        first.get(3, 64)
        ahead = first.get(4, 64)
        fresh = second.get(4, 64)
    np.testing.assert_array_equal(ahead.rgb.numpy(), fresh.rgb.numpy())
    np.testing.assert_array_equal(ahead.prompt.points_xy.numpy(), fresh.prompt.points_xy.numpy())


def test_processes_draw_what_threads_draw(scenes: SceneSampler, recipe: Recipe) -> None:
    with (
        batch_source(scenes, recipe, threads=1) as threads,
        batch_processes(scenes, recipe, processes=1, ahead=1) as processes,
    ):
        ours, theirs = threads.get(5, 64), processes.get(5, 64)
    np.testing.assert_array_equal(ours.rgb.numpy(), theirs.rgb.numpy())
    np.testing.assert_array_equal(ours.coverage.numpy(), theirs.coverage.numpy())


def test_clicks_of_a_sample_lie_on_their_objects(scenes: SceneSampler, recipe: Recipe) -> None:
    for seed in range(10):
        sample = draw_sample(np.random.default_rng(seed), scenes, recipe, 64)
        for k, p in np.argwhere(sample.labels == 1):
            x, y = (sample.points_xy[k, p] * 16).astype(int)
            assert sample.coverage[k, y, x] > 0


@pytest.mark.parametrize("name", ["coco"])
def test_no_held_back_photo_is_trained_on(shared_data: Path, name: str) -> None:
    held_back = load_held_back(f"{name}_val")
    photos = {path.name for path in (shared_data / "regions" / name / "images").iterdir()}
    assert held_back.file_names < photos
