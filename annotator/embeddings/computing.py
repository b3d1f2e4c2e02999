"""The worker's side: pixels -> segmenter -> store. Imported by the worker only."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from annotator.embeddings.pipeline import THREADS, EmbeddingPipeline, task_for
from annotator.embeddings.regions import signature_of_region
from annotator.embeddings.store import embedding_store
from annotator.embeddings.writing import budget_watch, write_embedding
from annotator.images.models import Image
from annotator.images.pixels import Region, read_region
from annotator.jobs.batches import JobBatch
from annotator.jobs.runs import JobCancelled, JobRun
from segmentation.embeddings import EmbeddingSignature
from segmentation.registry import load_segmenter
from segmentation.segmenters.base import Segmenter

_lock = threading.Lock()
_loaded: dict[tuple[str, str, str], Segmenter] = {}


def embed_images(batch: JobBatch) -> None:
    """Jobs `embed_image` {image}: store the image's embedding, unless its content has one already."""
    if task := task_for(batch, batch.first):
        segmenter = _keep_loaded(task.signature)
        with ThreadPoolExecutor(THREADS, thread_name_prefix="embedding") as pool:
            EmbeddingPipeline(batch, segmenter, pool).run(task)


def embed_region(run: JobRun) -> dict[str, Any]:
    """Job `embed_region` {image, region}: store the embedding of a part of an image, unless it is there."""
    image = Image.objects.select_related("project").filter(pk=run.params["image"]).first()
    if image is None:
        raise JobCancelled("The image was deleted before the embedding of its region was computed.")
    region = Region(*run.params["region"])
    signature = signature_of_region(image, region)
    if not embedding_store().has(signature):
        embedding = _keep_loaded(signature).encode(read_region(image, region))
        # It may have been read at less than its own size: prompts are in pixels of the image all the same.
        embedding = replace(embedding, original_hw=(region.height, region.width))
        budget_watch.note_written(write_embedding(signature, embedding))
    return {"key": signature.key}


def _keep_loaded(signature: EmbeddingSignature) -> Segmenter:
    """The segmenter, kept in memory until its checkpoint or its export changes; one at a time."""
    identity = (signature.segmenter, signature.checkpoint_sha256, signature.encoding_sha256)
    with _lock:
        if identity not in _loaded:
            _loaded.clear()
            threads = len(os.sched_getaffinity(0))
            _loaded[identity] = load_segmenter(signature.segmenter, threads=threads)
        return _loaded[identity]
