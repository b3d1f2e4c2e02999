from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    name = "annotator.datasets"

    def ready(self) -> None:
        """Announce the job kind."""
        from annotator.datasets.actions import EXPORT_COCO
        from annotator.jobs.models import Lane
        from annotator.jobs.registry import JobKind, register_kind

        register_kind(JobKind(EXPORT_COCO, Lane.IO, "annotator.datasets.exporting:export_coco"))
