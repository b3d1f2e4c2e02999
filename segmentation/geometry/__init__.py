"""Sizes, points, upsampling and regions. Conventions: ARCHITECTURE.md, Coordinates."""

from segmentation.geometry.moving_logits import LogitGrid, move_logits
from segmentation.geometry.parts import PartXYXY, holds_points, object_box, part_around, part_to_look_at
from segmentation.geometry.points import BoxXYXY, Points, box_corners, image_to_model, model_to_image
from segmentation.geometry.regions import DeepestPixel, deepest_pixel, largest_region
from segmentation.geometry.sizes import HW, longest_side_hw, valid_low_res_hw
from segmentation.geometry.upsampling import mask_from_logits, upsample_logits

__all__ = [
    "HW",
    "BoxXYXY",
    "DeepestPixel",
    "LogitGrid",
    "PartXYXY",
    "Points",
    "box_corners",
    "deepest_pixel",
    "holds_points",
    "image_to_model",
    "largest_region",
    "longest_side_hw",
    "mask_from_logits",
    "model_to_image",
    "move_logits",
    "object_box",
    "part_around",
    "part_to_look_at",
    "upsample_logits",
    "valid_low_res_hw",
]
