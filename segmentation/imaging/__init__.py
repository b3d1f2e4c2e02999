"""Images that anybody may upload: opened safely, shown upright in sRGB."""

from segmentation.imaging.errors import (
    EmptyFile,
    ImageTooLarge,
    ImageWithoutPixels,
    NotAnImage,
    TruncatedImage,
    UnreadableImage,
    UnsupportedFormat,
    UnsupportedVariant,
)
from segmentation.imaging.opening import ImageLimits
from segmentation.imaging.pyramid import read_box, read_tile, write_pyramid
from segmentation.imaging.rendition import Rendition, open_rendition, read_rgb, window_png
from segmentation.imaging.thumbnails import THUMBNAIL_SIDE

__all__ = [
    "THUMBNAIL_SIDE",
    "EmptyFile",
    "ImageLimits",
    "ImageTooLarge",
    "ImageWithoutPixels",
    "NotAnImage",
    "Rendition",
    "TruncatedImage",
    "UnreadableImage",
    "UnsupportedFormat",
    "UnsupportedVariant",
    "open_rendition",
    "read_box",
    "read_rgb",
    "read_tile",
    "window_png",
    "write_pyramid",
]
