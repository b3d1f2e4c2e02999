"""Files that no image needs: left by deleted projects, and by uploads that were killed half-way."""

import shutil
import time
from itertools import islice

from annotator.images import storage
from annotator.images.actions import remove_unused_files

BATCH = 200
ABANDONED_AFTER_SECONDS = 24 * 3600


def remove_unneeded_files() -> int:
    """Answers how many contents and abandoned uploads were removed."""
    return _remove_unneeded_contents() + _remove_abandoned_uploads()


def _remove_unneeded_contents() -> int:
    hashes = storage.stored_hashes()
    removed = 0
    while batch := set(islice(hashes, BATCH)):
        removed += remove_unused_files(batch)
    return removed


def _remove_abandoned_uploads() -> int:
    abandoned = [
        folder
        for folder in storage.work_folders()
        if time.time() - folder.stat().st_mtime > ABANDONED_AFTER_SECONDS
    ]
    for folder in abandoned:
        shutil.rmtree(folder, ignore_errors=True)
    return len(abandoned)
