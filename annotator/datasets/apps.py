from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    name = "annotator.datasets"

    def ready(self) -> None:
        """Announce the job kind, and what is to be tidied up."""
        from annotator.datasets.actions import EXPORT_COCO
        from annotator.jobs.models import Lane
        from annotator.jobs.registry import JobKind, register_kind
        from annotator.jobs.upkeep import register_upkeep

        register_kind(JobKind(EXPORT_COCO, Lane.IO, "annotator.datasets.exporting:export_coco"))
        register_upkeep("annotator.datasets.upkeep:remove_old_exports")
