"""The worker's side: pixels -> segmenter -> store. Imported by the worker only."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

from annotator.embeddings.pipeline import THREADS, EmbeddingPipeline, task_for
from annotator.jobs.batches import JobBatch
from segmentation.registry import load_segmenter
from segmentation.segmenters.base import Segmenter

_lock = threading.Lock()
_loaded: dict[tuple[str, str], Segmenter] = {}


def embed_images(batch: JobBatch) -> None:
    """Jobs `embed_image` {image}: store the image's embedding, unless its content has one already."""
    if task := task_for(batch, batch.first):
        segmenter = _keep_loaded(task.signature.segmenter, task.signature.checkpoint_sha256)
        with ThreadPoolExecutor(THREADS, thread_name_prefix="embedding") as pool:
            EmbeddingPipeline(batch, segmenter, pool).run(task)


def _keep_loaded(name: str, checkpoint_sha256: str) -> Segmenter:
    """The segmenter, kept in memory until its checkpoint changes; one at a time."""
    with _lock:
        if (name, checkpoint_sha256) not in _loaded:
            _loaded.clear()
            threads = len(os.sched_getaffinity(0))
            _loaded[name, checkpoint_sha256] = load_segmenter(name, threads=threads)
        return _loaded[name, checkpoint_sha256]
