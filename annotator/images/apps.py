from django.apps import AppConfig


class ImagesConfig(AppConfig):
    name = "annotator.images"

    def ready(self) -> None:
        """Announce what is to be tidied up."""
        from annotator.jobs.upkeep import register_upkeep

        register_upkeep("annotator.images.upkeep:remove_unneeded_files")
        register_upkeep("annotator.images.pyramids:make_missing_pyramids")
