"""Random geometry and colour of training scenes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from segmentation.training.regions import Photo, Region, RegionCache

Matrix = NDArray[np.float64]  # (2, 3), source (x, y, 1) -> crop (x, y)
PADDING_RGB = (120, 115, 105)


@dataclass(frozen=True)
class Placement:
    """Where a photo lands in a square crop: `centre_xy` of the photo comes to the middle."""

    centre_xy: tuple[float, float]
    scale: float
    aspect: float = 1.0  # > 1 is wider
    rotation: float = 0.0  # radians
    flip: bool = False

    def matrix(self, size: int) -> Matrix:
        sx, sy = self.scale * math.sqrt(self.aspect), self.scale / math.sqrt(self.aspect)
        sx = -sx if self.flip else sx
        cos, sin = math.cos(self.rotation), math.sin(self.rotation)
        linear = np.array([[cos * sx, -sin * sy], [sin * sx, cos * sy]])
        shift = np.array([size / 2, size / 2]) - linear @ np.array(self.centre_xy)
        return np.concatenate([linear, shift[:, None]], axis=1)


def warped_image(
    image: NDArray[np.uint8], placement: Placement, size: int, *, repeat_border: bool = False
) -> NDArray[np.uint8]:
    """(size, size, 3). Halves the photo first where plain sampling would alias."""
    matrix, scale = placement.matrix(size), placement.scale
    while scale < 0.6 and min(image.shape[:2]) > 32:
        height, width = image.shape[:2]
        halved = cv2.resize(image, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
        image = np.asarray(halved, np.uint8)
        factors = np.diag([width / (width // 2), height / (height // 2), 1.0])
        matrix, scale = matrix @ factors, scale * 2
    border = cv2.BORDER_REPLICATE if repeat_border else cv2.BORDER_CONSTANT
    warped = cv2.warpAffine(
        image,
        matrix,
        (size, size),
        flags=cv2.INTER_LINEAR,
        borderMode=border,
        borderValue=PADDING_RGB,
    )
    return np.asarray(warped, np.uint8)


def warped_mask(cache: RegionCache, region: Region, placement: Placement, size: int) -> NDArray[np.uint8]:
    """(size, size) of 0 and 1."""
    matrix = placement.matrix(size)
    x, y = region.bbox_xywh[:2]
    matrix[:, 2] += matrix[:, :2] @ np.array([x, y])
    warped = cv2.warpAffine(cache.cropped_mask(region), matrix, (size, size), flags=cv2.INTER_NEAREST)
    return np.asarray(warped, np.uint8)


def whole_photo(rng: np.random.Generator, photo: Photo, size: int) -> Placement:
    longest = max(photo.height, photo.width)
    scale = size / longest * math.exp(rng.uniform(math.log(0.85), math.log(1.5)))
    free_x = max(0.0, photo.width - size / scale) / 2 + 0.05 * photo.width
    free_y = max(0.0, photo.height - size / scale) / 2 + 0.05 * photo.height
    centre = (
        photo.width / 2 + rng.uniform(-1, 1) * free_x,
        photo.height / 2 + rng.uniform(-1, 1) * free_y,
    )
    return _shaken(rng, centre, scale)


def around_region(rng: np.random.Generator, photo: Photo, region: Region, size: int) -> Placement:
    x, y, width, height = region.bbox_xywh
    fitting = size / max(photo.height, photo.width)
    scale = size * math.exp(rng.uniform(math.log(0.25), math.log(0.95))) / max(width, height, 4)
    scale = min(max(scale, 0.75 * fitting), 2.6 * fitting)
    centre = (
        x + width / 2 + rng.uniform(-0.3, 0.3) * size / scale,
        y + height / 2 + rng.uniform(-0.3, 0.3) * size / scale,
    )
    return _shaken(rng, centre, scale)


def pasted(rng: np.random.Generator, region: Region, size: int) -> Placement:
    x, y, width, height = region.bbox_xywh
    scale = size * math.exp(rng.uniform(math.log(0.2), math.log(0.8))) / max(width, height)
    centre = (
        x + width / 2 - rng.uniform(-0.35, 0.35) * size / scale,
        y + height / 2 - rng.uniform(-0.35, 0.35) * size / scale,
    )
    aspect, rotation = math.exp(rng.uniform(-0.2, 0.2)), rng.uniform(-0.4, 0.4)
    return Placement(centre, scale, aspect, rotation, bool(rng.random() < 0.5))


def _shaken(rng: np.random.Generator, centre: tuple[float, float], scale: float) -> Placement:
    rotation = rng.uniform(-0.25, 0.25) if rng.random() < 0.3 else 0.0
    aspect = math.exp(rng.uniform(-0.2, 0.2))
    return Placement(centre, scale, aspect, rotation, bool(rng.random() < 0.5))


def jittered(rng: np.random.Generator, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Other exposure, contrast, saturation; now and then grey, inverted, blurred, noisy or compressed."""
    x = image.astype(np.float32)
    if rng.random() < 0.8:
        x *= (rng.uniform(0.85, 1.15, 3) * rng.uniform(0.7, 1.3)).astype(np.float32)
        mean = float(x.mean())
        x = (x - mean) * np.float32(rng.uniform(0.65, 1.35)) + np.float32(mean)
        grey = x.mean(2, keepdims=True)
        x = grey + (x - grey) * np.float32(rng.uniform(0.4, 1.5))
    if rng.random() < 0.08:
        x = np.repeat(x.mean(2, keepdims=True), 3, axis=2)
    if rng.random() < 0.08:
        x = 255 - x
    if rng.random() < 0.15:
        x = _blurred(x, rng.uniform(0.4, 1.6))
    if rng.random() < 0.15:
        x = x + rng.standard_normal(x.shape, np.float32) * np.float32(rng.uniform(2, 14))
    jittered_image = np.clip(x, 0, 255).astype(np.uint8)
    return compressed(rng, jittered_image) if rng.random() < 0.15 else jittered_image


def compressed(rng: np.random.Generator, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What JPEG leaves of it, at a quality from poor to good."""
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 90))]
    done, data = cv2.imencode(".jpg", image[:, :, ::-1], quality)
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)[:, :, ::-1] if done else image


def blended(
    rng: np.random.Generator,
    below: NDArray[np.uint8],
    above: NDArray[np.uint8],
    mask: NDArray[np.uint8],
) -> NDArray[np.uint8]:
    """`above` where the mask is, with a border that is sharp or soft."""
    alpha = mask.astype(np.float32)
    sigma = rng.uniform(0, 1.2)
    if sigma > 0.3:
        alpha = _blurred(alpha, sigma)
    alpha = alpha[..., None]
    return (below * (1 - alpha) + above * alpha).astype(np.uint8)


def _blurred(values: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), sigma), np.float32)
