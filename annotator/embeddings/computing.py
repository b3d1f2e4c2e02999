"""The worker's side: pixels -> segmenter -> store. Imported by the worker only."""

import os
import threading
from typing import Any

from annotator.embeddings.actions import mark_ready
from annotator.embeddings.signatures import signature_of_image
from annotator.embeddings.store import embedding_store
from annotator.images.models import Image
from annotator.images.pixels import read_pixels
from annotator.jobs.runs import JobCancelled, JobRun
from segmentation.registry import load_segmenter
from segmentation.segmenters.base import Segmenter

_lock = threading.Lock()
_loaded: dict[tuple[str, str], Segmenter] = {}


def embed_image(run: JobRun) -> dict[str, Any]:
    """Job `embed_image` {image}: store the image's embedding, unless its content has one already."""
    image = Image.objects.select_related("project").filter(pk=run.params["image"]).first()
    if image is None:
        raise JobCancelled("The image was deleted before its embedding was computed.")
    while True:
        signature = signature_of_image(image)
        store = embedding_store()
        if not store.has(signature):
            segmenter = _keep_loaded(signature.segmenter, signature.checkpoint_sha256)
            embedding = segmenter.encode(read_pixels(image))
            store.write(signature, embedding)
        if mark_ready(image.pk, signature):
            return {"key": signature.key}
        # The project was given another segmenter meanwhile.
        image.project.refresh_from_db()


def _keep_loaded(name: str, checkpoint_sha256: str) -> Segmenter:
    """The segmenter, kept in memory until its checkpoint changes; one at a time."""
    with _lock:
        if (name, checkpoint_sha256) not in _loaded:
            _loaded.clear()
            threads = len(os.sched_getaffinity(0))
            _loaded[name, checkpoint_sha256] = load_segmenter(name, threads=threads)
        return _loaded[name, checkpoint_sha256]
