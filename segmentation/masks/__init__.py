"""Masks and their COCO run length encoding."""

from segmentation.masks.errors import InvalidRle, RleMalformed, RleSizeMismatch, RleSumMismatch, RleTooLarge
from segmentation.masks.overlap import subtract, topmost_only
from segmentation.masks.parsing import parse_rle
from segmentation.masks.polygons import rle_from_polygons
from segmentation.masks.rle import CocoRle, Mask, Rle, decode, encode

__all__ = [
    "CocoRle",
    "InvalidRle",
    "Mask",
    "Rle",
    "RleMalformed",
    "RleSizeMismatch",
    "RleSumMismatch",
    "RleTooLarge",
    "decode",
    "encode",
    "parse_rle",
    "rle_from_polygons",
    "subtract",
    "topmost_only",
]
