from django.apps import AppConfig


class SegmentersConfig(AppConfig):
    name = "annotator.segmenters"

    def ready(self) -> None:
        """Tell the registry where this installation keeps its segmenters."""
        from django.conf import settings

        from segmentation.registry import look_in

        look_in(lambda: settings.SEGMENTERS_DIR)
