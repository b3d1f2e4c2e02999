from django.apps import AppConfig


class EmbeddingsConfig(AppConfig):
    name = "annotator.embeddings"

    def ready(self) -> None:
        """Announce the job kind and plug into the images app, which stands below."""
        from annotator.embeddings.actions import EMBED_IMAGE
        from annotator.embeddings.selectors import Embeddings
        from annotator.images.embedding_port import plug_in
        from annotator.jobs.models import Lane
        from annotator.jobs.registry import JobKind, register_kind
        from annotator.jobs.upkeep import register_upkeep

        register_kind(JobKind(EMBED_IMAGE, Lane.COMPUTE, "annotator.embeddings.computing:embed_image"))
        register_upkeep("annotator.embeddings.upkeep:remove_unneeded_embeddings")
        plug_in(Embeddings())
