"""Embeddings of parts of an image. They are stored and found like those of whole images."""

import hashlib

from django.db import transaction

from annotator.accounts.models import User
from annotator.embeddings.errors import EmbeddingFailed, RegionOutside
from annotator.embeddings.models import RegionRecord
from annotator.embeddings.signatures import signature_of
from annotator.images.models import Image
from annotator.images.pixels import Region
from annotator.jobs.actions import make_job_interactive, request_job
from annotator.jobs.models import Job, JobState, Urgency
from segmentation.embeddings import EmbeddingSignature

EMBED_REGION = "embed_region"


def signature_of_region(image: Image, region: Region) -> EmbeddingSignature:
    """Whose embedding the region needs under the project's segmenter. Raises like `signature_of`."""
    place = f"{region.x},{region.y},{region.width},{region.height}"
    content = hashlib.sha256(f"{image.rendition_sha256}:{place}".encode()).hexdigest()
    return signature_of(image.project.segmenter, image_sha256=content)


def check_region(image: Image, region: Region) -> None:
    """Raises RegionOutside when a part of it is no part of the image."""
    if region.x + region.width > image.width or region.y + region.height > image.height:
        raise RegionOutside(width=image.width, height=image.height)


@transaction.atomic
def hurry_region(image: Image, region: Region, signature: EmbeddingSignature, *, user: User) -> Job:
    """Somebody waits for a region's embedding that is not stored: the job that computes it, before others.

    Raises EmbeddingFailed when the last attempt failed.
    """
    RegionRecord.objects.bulk_create([RegionRecord(image=image, key=signature.key)], ignore_conflicts=True)
    locked = RegionRecord.objects.select_for_update(of=("self",)).select_related("job")
    record = locked.get(image=image, key=signature.key)
    if record.job is not None and record.job.state == JobState.FAILED:
        raise EmbeddingFailed(record.job)
    if record.job is not None and record.job.is_active:
        make_job_interactive(record.job)
        return record.job
    params = {"image": image.pk, "region": [region.x, region.y, region.width, region.height]}
    job = request_job(
        EMBED_REGION, project=image.project, user=user, params=params, urgency=Urgency.INTERACTIVE, total=1
    )
    record.job = job
    record.save(update_fields=["job"])
    return job
