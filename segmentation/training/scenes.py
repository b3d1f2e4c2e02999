"""Training scenes: a square picture and the masks of the regions in it."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from segmentation.training import augmentation
from segmentation.training.recipe import ScenesRecipe
from segmentation.training.regions import Photo, Region, RegionCache
from segmentation.training.scene import Mask, Picture, Scene
from segmentation.training.synthetic import synthetic_scene
from segmentation.training.textures import procedural_texture

PASTE_FROM = frozenset({"coco", "clothing"})
PROCEDURAL = 0.35  # of the surfaces in synthetic scenes
TEXTURE_FROM = ("coco", "clothing", "facades")


class SceneSampler:
    """Draws scenes from the photos that are not held back."""

    def __init__(
        self,
        cache: RegionCache,
        recipe: ScenesRecipe,
        *,
        shares: dict[str, float],
        held_back: frozenset[tuple[str, str]],
    ) -> None:
        self.cache, self.recipe = cache, recipe
        usable = [p for p in cache.photos if p.regions and (p.dataset, p.file_name) not in held_back]
        self.photos = {name: [p for p in usable if p.dataset == name] for name in shares}
        self.photos = {name: photos for name, photos in self.photos.items() if photos}
        self.names = list(self.photos)
        self.shares = np.array([shares[name] for name in self.names])
        self.shares = self.shares / self.shares.sum()
        self.pastes = [(p, r) for p in usable if p.dataset in PASTE_FROM for r in _things(p)]

    def draw(self, rng: np.random.Generator, size: int) -> Scene:
        while True:
            synthetic = rng.random() < self.recipe.synthetic
            scene = self._synthetic(rng, size) if synthetic else self._from_photo(rng, size)
            if scene.masks:
                return scene

    def _from_photo(self, rng: np.random.Generator, size: int) -> Scene:
        photo = self._photo(rng, self.names[rng.choice(len(self.names), p=self.shares)])
        areas = np.array([region.area for region in photo.regions], np.float64)
        if rng.random() < self.recipe.whole_photo:
            placement = augmentation.whole_photo(rng, photo, size)
        else:
            chosen = rng.choice(len(areas), p=_normalised(areas**0.5))
            placement = augmentation.around_region(rng, photo, photo.regions[chosen], size)
        image = augmentation.warped_image(self.cache.image(photo), placement, size)
        count = min(len(areas), self.recipe.max_regions)
        preference = _normalised(areas**self.recipe.prefer_large)
        picked = rng.choice(len(areas), count, replace=False, p=preference)
        masks = [augmentation.warped_mask(self.cache, photo.regions[i], placement, size) for i in picked]
        scene = Scene(augmentation.jittered(rng, image), self._large_enough(masks))
        for _ in range(2 if rng.random() < 0.2 else 1):
            if self.pastes and rng.random() < (self.recipe.paste if scene.masks else 1.0):
                scene = self._with_paste(rng, scene)
        return scene

    def _with_paste(self, rng: np.random.Generator, scene: Scene) -> Scene:
        size = scene.image.shape[0]
        photo, region = self.pastes[rng.integers(len(self.pastes))]
        placement = augmentation.pasted(rng, region, size)
        mask = augmentation.warped_mask(self.cache, region, placement, size)
        if not self._large_enough([mask]):
            return scene
        source = augmentation.warped_image(self.cache.image(photo), placement, size, repeat_border=True)
        image = augmentation.blended(rng, scene.image, augmentation.jittered(rng, source), mask)
        masks = [below & (1 - mask) for below in scene.masks]
        return Scene(image, self._large_enough([*masks, mask]))

    def _synthetic(self, rng: np.random.Generator, size: int) -> Scene:
        scene = synthetic_scene(rng, size, self._texture)
        return Scene(augmentation.jittered(rng, scene.image), self._large_enough(scene.masks))

    def _texture(self, rng: np.random.Generator, size: int) -> Picture:
        """A procedural surface, or a part of a photo made large."""
        if rng.random() < PROCEDURAL:
            return procedural_texture(rng, size)
        names = [name for name in TEXTURE_FROM if name in self.photos] or self.names
        image = self.cache.image(self._photo(rng, names[rng.integers(len(names))]))
        share = rng.uniform(0.15, 0.6)
        height, width = (min(side, max(16, int(side * share))) for side in image.shape[:2])
        top = rng.integers(image.shape[0] - height + 1)
        left = rng.integers(image.shape[1] - width + 1)
        texture = cv2.resize(image[top : top + height, left : left + width], (size, size))
        kind = rng.random()
        if kind < 0.25:
            texture = cv2.GaussianBlur(texture, (0, 0), rng.uniform(2, 12))
        elif kind < 0.35:
            texture = cv2.resize(cv2.resize(texture, (1, 1), interpolation=cv2.INTER_AREA), (size, size))
        return augmentation.jittered(rng, np.asarray(texture, np.uint8))

    def _photo(self, rng: np.random.Generator, name: str) -> Photo:
        photos = self.photos[name]
        return photos[rng.integers(len(photos))]

    def _large_enough(self, masks: list[Mask]) -> list[Mask]:
        return [m for m in masks if np.count_nonzero(m) > m.size * self.recipe.min_area]


def _things(photo: Photo) -> list[Region]:
    total = photo.height * photo.width
    return [r for r in photo.regions if r.is_thing and 0.01 < r.area / total < 0.5]


def _normalised(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    if not math.isfinite(float(weights.sum())) or weights.sum() <= 0:
        raise ValueError("Regions with an area are needed to draw from.")
    return np.asarray(weights / weights.sum(), np.float64)
