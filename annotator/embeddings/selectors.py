"""How the embedding of an image stands, for lists of images: the embedding port of the images app."""

from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.urls import reverse

from annotator.accounts.models import User
from annotator.common.errors import MaskwrightError
from annotator.embeddings.actions import request_embedding, signature_of_image
from annotator.embeddings.models import EmbeddingRecord
from annotator.images.embedding_port import EmbeddingState, EmbeddingSummary
from annotator.images.models import Image
from annotator.jobs.models import JobState

_STATE_OF_JOB = {
    JobState.QUEUED: EmbeddingState.QUEUED,
    JobState.RUNNING: EmbeddingState.RUNNING,
    # The file was deleted after the job: it will be computed when somebody asks.
    JobState.SUCCEEDED: EmbeddingState.QUEUED,
    JobState.FAILED: EmbeddingState.FAILED,
    JobState.CANCELLED: EmbeddingState.FAILED,
}
_Images = TypeVar("_Images", bound=QuerySet[Any])
_READY = Q(embedding_record__ready_at__isnull=False)


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
        url = reverse("image-embedding", args=[image.pk])
        try:
            key = signature_of_image(image).key
        except MaskwrightError:
            # The segmenter is not installed. The list must still show the images; asking for one says why.
            return EmbeddingSummary(state=EmbeddingState.FAILED, url=url, key="")
        return EmbeddingSummary(state=_state(image, key), url=f"{url}?key={key}", key=key)


def _state(image: Image, key: str) -> EmbeddingState:
    record: EmbeddingRecord | None = getattr(image, "embedding_record", None)
    if record is None or record.key != key:
        # Computed under another checkpoint: it will be computed again when somebody asks.
        return EmbeddingState.QUEUED
    if record.ready_at:
        return EmbeddingState.READY
    return _STATE_OF_JOB[JobState(record.job.state)] if record.job else EmbeddingState.QUEUED
