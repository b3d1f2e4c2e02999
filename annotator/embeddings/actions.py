"""Ask for embeddings, and record that they are there."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from annotator.accounts.models import User
from annotator.embeddings.errors import EmbeddingFailed
from annotator.embeddings.models import EmbeddingRecord, RegionRecord
from annotator.embeddings.signatures import signature_of_image
from annotator.embeddings.store import embedding_store
from annotator.images.models import Image
from annotator.jobs.actions import make_job_interactive, request_job, request_jobs
from annotator.jobs.models import Job, JobState, Urgency
from annotator.projects.models import Project
from segmentation.embeddings import EmbeddingSignature

EMBED_IMAGE = "embed_image"


@transaction.atomic
def request_embedding(image: Image, *, user: User | None) -> None:
    """For a new image: have the embedding computed in the background, unless its content has one already."""
    signature = signature_of_image(image)
    record = EmbeddingRecord(image=image, key=signature.key, segmenter=signature.segmenter)
    if embedding_store().has(signature):
        record.ready_at = timezone.now()
    else:
        record.job = _request_job(image, user, Urgency.BATCH)
    record.save()


@transaction.atomic
def request_embeddings(images: Sequence[Image], *, project: Project, user: User | None) -> int:
    """After a change of segmenter: queue a job for each embedding that is not there. Answers how many.

    The images are of the project as it is now. What an image has stays in use until the new one is there.
    """
    signatures = {image.pk: signature_of_image(image) for image in images}
    records = _locked_records(images, signatures)
    missing = [record for record in records if not _is_settled(record, signatures[record.image_id])]
    params = [{"image": record.image_id} for record in missing]
    jobs = request_jobs(EMBED_IMAGE, project=project, user=user, params=params, total=1)
    for record, job in zip(missing, jobs, strict=True):
        record.job = job
    EmbeddingRecord.objects.bulk_update(records, _WANTED_FIELDS)
    return len(missing)


@transaction.atomic
def hurry_embedding(image: Image, signature: EmbeddingSignature, *, user: User) -> Job:
    """Somebody waits for an embedding that is not stored: the job that computes it, now an interactive one.

    Makes a new job where none is under way, also when the file was lost. Raises EmbeddingFailed when the last
    attempt failed: computing it again unasked would fail again.
    """
    # Two people may ask at once: one of them makes the job.
    record = _locked_records([image], {image.pk: signature})[0]
    job = record.job if record.key == signature.key or _is_under_way(record) else None
    if job is not None and job.state == JobState.FAILED:
        raise EmbeddingFailed(job)
    _want(record, signature)
    if job is not None and job.is_active:
        make_job_interactive(job)
    else:
        job = record.job = _request_job(image, user, Urgency.INTERACTIVE)
    record.save(update_fields=_WANTED_FIELDS)
    return job


@transaction.atomic
def mark_ready(image_id: int, signature: EmbeddingSignature) -> bool:
    """The file of this key is stored. False: the project has another segmenter by now, so it is not the one.

    An image that was deleted meanwhile has no record any more, and needs nothing.
    """
    locked = EmbeddingRecord.objects.select_for_update(of=("self",)).select_related("image__project")
    record = locked.filter(image_id=image_id).first()
    if record is None:
        return True
    if signature_of_image(record.image) != signature:
        return False
    record.key, record.segmenter, record.ready_at = signature.key, signature.segmenter, timezone.now()
    record.earlier_key = record.earlier_segmenter = ""
    record.save(update_fields=_WANTED_FIELDS)
    return True


@transaction.atomic
def forget_embedding(key: str) -> None:
    """The file of this key is gone. It will be computed again when somebody asks, if it is still wanted."""
    EmbeddingRecord.objects.filter(key=key).update(ready_at=None)
    EmbeddingRecord.objects.filter(earlier_key=key).update(earlier_key="", earlier_segmenter="")
    RegionRecord.objects.filter(key=key).delete()


_WANTED_FIELDS = ("key", "segmenter", "job", "ready_at", "earlier_key", "earlier_segmenter")


def _locked_records(
    images: Sequence[Image], signatures: dict[int, EmbeddingSignature]
) -> list[EmbeddingRecord]:
    """One for each image, made where it is missing; nobody else changes them until the transaction ends."""
    new = [
        EmbeddingRecord(image=image, key=signatures[image.pk].key, segmenter=signatures[image.pk].segmenter)
        for image in images
    ]
    EmbeddingRecord.objects.bulk_create(new, ignore_conflicts=True)
    locked = EmbeddingRecord.objects.select_for_update(of=("self",)).select_related("job")
    return list(locked.filter(image__in=images).order_by("image_id"))


def _is_settled(record: EmbeddingRecord, signature: EmbeddingSignature) -> bool:
    """Makes the record want this embedding. Whether that is there, or a job will see to it."""
    is_ready = record.key == signature.key and record.ready_at is not None
    if is_ready:
        return True
    _want(record, signature)
    if embedding_store().has(signature):
        record.ready_at = timezone.now()
        record.earlier_key = record.earlier_segmenter = ""
        return True
    # Which embedding a job computes is decided when it runs, and again when it ends: see mark_ready.
    return _is_under_way(record)


def _is_under_way(record: EmbeddingRecord) -> bool:
    return record.ready_at is None and record.job is not None and record.job.is_active


def _want(record: EmbeddingRecord, signature: EmbeddingSignature) -> None:
    """The record is now of this embedding, which is not there; the one that is serves until then."""
    if record.key != signature.key and record.ready_at is not None:
        record.earlier_key, record.earlier_segmenter = record.key, record.segmenter
    record.key, record.segmenter, record.ready_at = signature.key, signature.segmenter, None


def _request_job(image: Image, user: User | None, urgency: Urgency) -> Job:
    params = {"image": image.pk}
    return request_job(EMBED_IMAGE, project=image.project, user=user, params=params, urgency=urgency, total=1)
