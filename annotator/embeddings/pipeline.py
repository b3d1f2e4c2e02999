"""Images that wait for an embedding, through one segmenter: read ahead, encoded in batches, stored behind.

While a batch is encoded, threads read the images of the next one and write the embeddings of the one before.
At most two batches of prepared images and two of embeddings are in memory.
"""

import logging
import os
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from annotator.embeddings.actions import mark_ready
from annotator.embeddings.signatures import signature_of_image
from annotator.embeddings.store import embedding_store
from annotator.embeddings.writing import budget_watch, write_embedding
from annotator.images.models import Image
from annotator.images.pixels import read_pixels
from annotator.jobs.batches import JobBatch
from annotator.jobs.models import Urgency
from annotator.jobs.runs import JobCancelled, JobRun
from segmentation.embeddings import EmbeddingSignature
from segmentation.segmenters.base import ImageEmbedding, PreparedImage, Segmenter

logger = logging.getLogger(__name__)

THREADS = min(8, len(os.sched_getaffinity(0)))


@dataclass(frozen=True)
class Task:
    """An embedding that is not stored yet, and the job that wants it."""

    run: JobRun
    image: Image
    signature: EmbeddingSignature


Readable = tuple[Task, PreparedImage]


def task_for(batch: JobBatch, run: JobRun) -> Task | None:
    """What the job asks for; None when that ended the job: the embedding is there, or the image is gone."""
    with batch.on_its_own(run):
        image = Image.objects.select_related("project").filter(pk=run.params["image"]).first()
        if image is None:
            raise JobCancelled("The image was deleted before its embedding was computed.")
        task = Task(run, image, signature_of_image(image))
        if not embedding_store().has(task.signature):
            return task
        _succeed(batch, task)
    return None


class EmbeddingPipeline:
    """The jobs of one batch through one segmenter; each ends as soon as its embedding is stored."""

    def __init__(self, batch: JobBatch, segmenter: Segmenter, pool: ThreadPoolExecutor) -> None:
        self._batch, self._segmenter, self._pool = batch, segmenter, pool
        self._storing: list[tuple[Task, Future[int]]] = []

    def run(self, first: Task) -> None:
        """Embed the image of `first`, then those of waiting jobs like it until a more urgent one waits."""
        size = self._segmenter.batch_size
        now = [first, *self._take(size - 1, besides=[first])]
        reading = self._read(now)
        while now:
            # One image at a time gains nothing from reading ahead: the cores are busy encoding.
            ahead = self._take(size, besides=now) if size > 1 else []
            reading_ahead = self._read(ahead)
            stored_before, self._storing = self._storing, []
            self._encode(now, reading)
            self._finish(stored_before)
            if ahead and self._batch.must_make_way():
                self._batch.give_back([task.run for task in ahead])
                ahead = []
            if self._batch.first.job.urgency == Urgency.INTERACTIVE:
                self._finish_all()  # somebody waits for exactly these
            now, reading = ahead, reading_ahead
        self._finish_all()

    def _take(self, limit: int, *, besides: Sequence[Task]) -> list[Task]:
        """Further jobs for the same segmenter. Twins of what is under way wait until that is stored."""
        if limit < 1:
            return []
        taken = self._batch.take_more(limit, project__segmenter=self._segmenter.spec.name)
        known = {task.signature.key for task in besides}
        tasks = []
        for task in filter(None, [task_for(self._batch, run) for run in taken]):
            if task.signature.key in known:
                self._batch.give_back([task.run])
            else:
                known.add(task.signature.key)
                tasks.append(task)
        return tasks

    def _read(self, tasks: Sequence[Task]) -> list[Future[PreparedImage]]:
        return [self._pool.submit(self._prepare, task.image) for task in tasks]

    def _prepare(self, image: Image) -> PreparedImage:
        return self._segmenter.prepare(read_pixels(image))

    def _encode(self, tasks: Sequence[Task], reading: Sequence[Future[PreparedImage]]) -> None:
        """Encode what can be read and is still wanted, and have it stored."""
        readable: list[Readable] = []
        for task, prepared in zip(tasks, reading, strict=True):
            with self._batch.on_its_own(task.run):
                task.run.check()
                readable.append((task, prepared.result()))
        for task, embedding in self._embeddings(readable):
            stored = self._pool.submit(write_embedding, task.signature, embedding)
            self._storing.append((task, stored))

    def _embeddings(self, readable: Sequence[Readable]) -> list[tuple[Task, ImageEmbedding]]:
        """When a batch fails each of its images is tried alone: the one that is to blame fails alone."""
        if len(readable) > 1:
            try:
                return self._encode_together(readable)
            except Exception:  # whatever it is, it may be one image's fault
                logger.warning("A batch of %s images failed; trying each alone", len(readable), exc_info=True)
        embedded = []
        for one in readable:
            with self._batch.on_its_own(one[0].run):
                embedded += self._encode_together([one])
        return embedded

    def _encode_together(self, readable: Sequence[Readable]) -> list[tuple[Task, ImageEmbedding]]:
        embeddings = self._segmenter.encode_batch([prepared for _, prepared in readable])
        return [(task, embedding) for (task, _), embedding in zip(readable, embeddings, strict=True)]

    def _finish_all(self) -> None:
        stored, self._storing = self._storing, []
        self._finish(stored)

    def _finish(self, storing: Sequence[tuple[Task, Future[int]]]) -> None:
        for task, stored in storing:
            with self._batch.on_its_own(task.run):
                size = stored.result()
                _succeed(self._batch, task)
                budget_watch.note_written(size)


def _succeed(batch: JobBatch, task: Task) -> None:
    if mark_ready(task.image.pk, task.signature):
        batch.succeed(task.run, {"key": task.signature.key})
    else:  # the project was given another segmenter meanwhile, whose turn it is now
        batch.give_back([task.run])
