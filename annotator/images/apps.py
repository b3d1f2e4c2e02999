from django.apps import AppConfig


class ImagesConfig(AppConfig):
    name = "annotator.images"

    def ready(self) -> None:
        """Let a deleted project take its files with it."""
        from annotator.images.cleanup import prepare_file_cleanup
        from annotator.projects.deletion import on_project_deletion

        on_project_deletion(prepare_file_cleanup)
