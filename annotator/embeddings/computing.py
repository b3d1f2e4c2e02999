"""The worker's side: pixels -> segmenter -> store. Imported by the worker only."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

from annotator.embeddings.pipeline import THREADS, EmbeddingPipeline, task_for
from annotator.jobs.batches import JobBatch
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


def _keep_loaded(signature: EmbeddingSignature) -> Segmenter:
    """The segmenter, kept in memory until its checkpoint or its export changes; one at a time."""
    identity = (signature.segmenter, signature.checkpoint_sha256, signature.encoding_sha256)
    with _lock:
        if identity not in _loaded:
            _loaded.clear()
            threads = len(os.sched_getaffinity(0))
            _loaded[identity] = load_segmenter(signature.segmenter, threads=threads)
        return _loaded[identity]
