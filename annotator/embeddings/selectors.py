"""How the embedding of an image stands, for lists of images: the embedding port of the images app."""

from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.urls import reverse

from annotator.accounts.models import User
from annotator.common.errors import MaskwrightError
from annotator.embeddings.actions import request_embedding
from annotator.embeddings.models import EmbeddingRecord
from annotator.embeddings.signatures import find_signature, signature_of_image
from annotator.images.embedding_port import EmbeddingState, EmbeddingSummary
from annotator.images.models import Image
from annotator.jobs.models import JobState
from segmentation.embeddings import EmbeddingSignature

_STATE_OF_JOB = {
    JobState.QUEUED: EmbeddingState.QUEUED,
    JobState.RUNNING: EmbeddingState.RUNNING,
    # The file was deleted after the job: it will be computed when somebody asks.
    JobState.SUCCEEDED: EmbeddingState.QUEUED,
    JobState.FAILED: EmbeddingState.FAILED,
    JobState.CANCELLED: EmbeddingState.FAILED,
}
_Images = TypeVar("_Images", bound=QuerySet[Any])
_READY = Q(embedding_record__ready_at__isnull=False) | Q(embedding_record__earlier_key__gt="")


class Embeddings:
    """Plugged into the images app; see EmbeddingPort there."""

    def request_for(self, image: Image, *, user: User | None) -> None:
        request_embedding(image, user=user)

    def joined(self, images: _Images) -> _Images:
        return images.select_related("project", "embedding_record__job")

    def in_state(self, images: _Images, state: EmbeddingState) -> _Images:
        if state == EmbeddingState.READY:
            return images.filter(_READY)
        of_jobs = [job_state for job_state, shown in _STATE_OF_JOB.items() if shown == state]
        wanted = Q(embedding_record__job__state__in=of_jobs)
        if state == EmbeddingState.QUEUED:
            wanted |= Q(embedding_record__job__isnull=True)
        return images.filter(~_READY & wanted)

    def summary(self, image: Image) -> EmbeddingSummary:
        record: EmbeddingRecord | None = getattr(image, "embedding_record", None)
        try:
            wanted = signature_of_image(image)
        except MaskwrightError:
            # The segmenter is not installed. The list must still show the images; asking for one says why.
            return _summary(image, EmbeddingState.FAILED, None)
        if record is None:
            return _summary(image, EmbeddingState.QUEUED, wanted)
        if record.key == wanted.key and record.ready_at:
            return _summary(image, EmbeddingState.READY, wanted)
        if earlier := find_earlier(image, record):
            return _summary(image, EmbeddingState.READY, earlier)
        return _summary(image, _state(record, wanted.key), wanted)


def find_earlier(image: Image, record: EmbeddingRecord) -> EmbeddingSignature | None:
    """The stored embedding of another segmenter that serves until the one of the project's is there."""
    stored = [(record.segmenter, record.key)] if record.ready_at else []
    if record.earlier_key:
        stored.append((record.earlier_segmenter, record.earlier_key))
    found = (find_signature(image, segmenter=segmenter, key=key) for segmenter, key in stored)
    return next((signature for signature in found if signature), None)


def _summary(image: Image, state: EmbeddingState, signature: EmbeddingSignature | None) -> EmbeddingSummary:
    url = reverse("image-embedding", args=[image.pk])
    if signature is None:
        return EmbeddingSummary(state=state, url=url, key="", segmenter=image.project.segmenter)
    key = signature.key
    return EmbeddingSummary(state=state, url=f"{url}?key={key}", key=key, segmenter=signature.segmenter)


def _state(record: EmbeddingRecord, wanted_key: str) -> EmbeddingState:
    if record.key != wanted_key or record.job is None:
        # Of another segmenter or checkpoint: it will be computed when its turn comes, or when somebody asks.
        return EmbeddingState.QUEUED
    return _STATE_OF_JOB[JobState(record.job.state)]
