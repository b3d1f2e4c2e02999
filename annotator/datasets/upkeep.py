"""Exports that nobody will load any more."""

from datetime import timedelta

from django.utils import timezone

from annotator.datasets.actions import EXPORT_COCO
from annotator.datasets.exporting import exports_folder
from annotator.jobs.models import Job

KEPT_FOR = timedelta(days=7)


def remove_old_exports() -> int:
    """Answers how many zip files were removed. What a job is still writing has another name."""
    recent = Job.objects.filter(kind=EXPORT_COCO, created_at__gt=timezone.now() - KEPT_FOR)
    kept = {f"{job_id}.zip" for job_id in recent.values_list("id", flat=True)}
    old = [path for path in exports_folder().glob("*.zip") if path.name not in kept]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
