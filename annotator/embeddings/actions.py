"""Ask for embeddings, and record that they are there."""

from django.db import transaction
from django.utils import timezone

from annotator.accounts.models import User
from annotator.embeddings.errors import EmbeddingFailed
from annotator.embeddings.models import EmbeddingRecord
from annotator.embeddings.segmenters import signature_of
from annotator.embeddings.store import embedding_store
from annotator.images.models import Image
from annotator.jobs.actions import make_job_interactive, request_job
from annotator.jobs.models import Job, JobState, Urgency
from segmentation.embeddings import EmbeddingSignature

EMBED_IMAGE = "embed_image"


def signature_of_image(image: Image) -> EmbeddingSignature:
    """Whose embedding the image needs under its project's segmenter."""
    return signature_of(image.project.segmenter, image_sha256=image.rendition_sha256)


@transaction.atomic
def request_embedding(image: Image, *, user: User | None) -> None:
    """For a new image: have the embedding computed in the background, unless its content has one already."""
    signature = signature_of_image(image)
    record = EmbeddingRecord(image=image, key=signature.key)
    if embedding_store().has(signature):
        record.ready_at = timezone.now()
    else:
        record.job = _request_job(image, user, Urgency.BATCH)
    record.save()


@transaction.atomic
def hurry_embedding(image: Image, signature: EmbeddingSignature, *, user: User) -> Job:
    """Somebody waits for an embedding that is not stored: the job that computes it, now an interactive one.

    Makes a new job where none is under way, also when the file was lost. Raises EmbeddingFailed when the last
    attempt failed: computing it again unasked would fail again.
    """
    record, _ = EmbeddingRecord.objects.get_or_create(image=image, defaults={"key": signature.key})
    # Two people may ask at once: one of them makes the job.
    record = EmbeddingRecord.objects.select_for_update(of=("self",)).select_related("job").get(pk=record.pk)
    job = record.job if record.key == signature.key else None
    if job is not None and job.state == JobState.FAILED:
        raise EmbeddingFailed(job)
    if job is not None and job.is_active:
        make_job_interactive(job)
        return job
    record.job = _request_job(image, user, Urgency.INTERACTIVE)
    record.key = signature.key
    record.ready_at = None
    record.save()
    return record.job


def mark_ready(image_id: int, signature: EmbeddingSignature) -> None:
    """The file of this key is stored. An image that was deleted meanwhile has no record any more."""
    EmbeddingRecord.objects.filter(image_id=image_id).update(key=signature.key, ready_at=timezone.now())


def _request_job(image: Image, user: User | None, urgency: Urgency) -> Job:
    params = {"image": image.pk}
    return request_job(EMBED_IMAGE, project=image.project, user=user, params=params, urgency=urgency, total=1)
