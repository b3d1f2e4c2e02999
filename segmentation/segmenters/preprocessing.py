"""From an image to what an encoder takes, as the official transforms of each family do it.

One `InputRule` says all of it: "pillow" is Segment Anything's `ResizeLongestSide`, "antialias" SAM 2's
`SAM2Transforms`, "plain" a bare `interpolate(mode="bilinear")`; without `pixels` the encoder takes uint8.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from segmentation.geometry import HW, longest_side_hw
from segmentation.segmenters.manifest import InputRule, Pixels

MAX_VALUE = 255  # of a channel of an image

Picture = NDArray[np.uint8] | NDArray[np.float32]


def input_hw(rule: InputRule, original_hw: HW) -> HW:
    """The size in which model points are measured."""
    if rule.resize == "stretch":
        return rule.size, rule.size
    return longest_side_hw(original_hw, longest_side=rule.size, multiple=rule.multiple)


def picture_hw(rule: InputRule, original_hw: HW) -> HW:
    """The size of the picture that the encoder sees, without padding."""
    if rule.pixels is None:
        return input_hw(rule, original_hw)
    if rule.resize == "stretch":
        return rule.pixels.side, rule.pixels.side
    return longest_side_hw(original_hw, longest_side=rule.pixels.side, multiple=1)


def encoder_input(image: NDArray[np.uint8], rule: InputRule) -> Picture:
    """(1, 3, h, w) of an image (H, W, 3): float32, normalised, padded; uint8 where the encoder does that."""
    hw = picture_hw(rule, (image.shape[0], image.shape[1]))
    if rule.pixels is None:
        return np.ascontiguousarray(resize_by_area(image, hw).transpose(2, 0, 1))[None]
    return normalised_planes(resize_picture(image, hw, rule.pixels), rule.pixels)


def resize_picture(image: NDArray[np.uint8], hw: HW, pixels: Pixels) -> Picture:
    """(h, w, 3) with values 0..255: uint8 for "pillow", else float32."""
    match pixels.interpolation:
        case "pillow":
            return np.asarray(Image.fromarray(image).resize((hw[1], hw[0]), Image.Resampling.BILINEAR))
        case "antialias":
            return resize_antialiased(image, hw)
        case "plain":
            return cv2.resize(
                image.astype(np.float32), (hw[1], hw[0]), interpolation=cv2.INTER_LINEAR
            ).astype(np.float32, copy=False)


def resize_antialiased(image: NDArray[np.uint8], hw: HW) -> NDArray[np.float32]:
    """Bilinear with support for shrinking, not rounded: Pillow's filter on each channel as float32.

    Equal to torch's `interpolate(mode="bilinear", antialias=True)` within float rounding.
    """
    resized = np.empty((*hw, 3), np.float32)
    for channel in range(3):
        plane = Image.fromarray(image[:, :, channel].astype(np.float32))
        resized[:, :, channel] = np.asarray(plane.resize((hw[1], hw[0]), Image.Resampling.BILINEAR))
    return resized


def resize_by_area(image: NDArray[np.uint8], hw: HW) -> NDArray[np.uint8]:
    """(h, w, 3). Area mean when it shrinks, bilinear when it grows."""
    shrinks = max(hw) < max(image.shape[:2])
    interpolation = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(image, (hw[1], hw[0]), interpolation=interpolation), np.uint8)


def normalised_planes(picture: Picture, pixels: Pixels) -> NDArray[np.float32]:
    """(1, 3, h, w) of a picture (h, w, 3) with values 0..255; zeros below and to the right."""
    height, width = picture.shape[:2]
    padded_hw = (height, width) if pixels.padded_side is None else (pixels.padded_side,) * 2
    planes = np.zeros((1, 3, *padded_hw), np.float32)
    for channel, (mean, std) in enumerate(zip(pixels.mean, pixels.std, strict=True)):
        inside = planes[0, channel, :height, :width]
        np.subtract(picture[:, :, channel], np.float32(mean * MAX_VALUE), out=inside)
        np.divide(inside, np.float32(std * MAX_VALUE), out=inside)
    return planes
