"""File names: as uploaded, made harmless, and with the ending of what is served."""

import unicodedata
from pathlib import PurePosixPath

from annotator.images.models import FILENAME_LENGTH, Image

UNNAMED = "image"
SUFFIX_LENGTH = 20
# Control and invisible formatting characters, among them those that reverse the direction of text.
UNWANTED_CATEGORIES = {"Cc", "Cf", "Cs", "Zl", "Zp"}
SUFFIXES = {
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/png": (".png",),
    "image/webp": (".webp",),
}


def clean_filename(name: str) -> str:
    """The last part of a path, without control characters, at most 255 characters, its ending kept."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if unicodedata.category(c) not in UNWANTED_CATEGORIES).strip()
    if not shown.strip(". "):
        return UNNAMED
    if len(shown) <= FILENAME_LENGTH:
        return shown
    suffix = PurePosixPath(shown).suffix[:SUFFIX_LENGTH]
    return shown[: FILENAME_LENGTH - len(suffix)] + suffix


def shown_filename(image: Image) -> str:
    """The name of the rendition: that of the upload, with another ending where the format changed."""
    endings = SUFFIXES[image.media_type]
    if image.filename.lower().endswith(endings):
        return image.filename
    stem = PurePosixPath(image.filename).stem[: FILENAME_LENGTH - SUFFIX_LENGTH]
    return stem + endings[0]
