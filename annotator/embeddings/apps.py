from django.apps import AppConfig


class EmbeddingsConfig(AppConfig):
    name = "annotator.embeddings"

    def ready(self) -> None:
        """Announce the job kinds and plug into the apps below."""
        from annotator.embeddings.actions import EMBED_IMAGE
        from annotator.embeddings.reembedding import REEMBED_PROJECT, ProjectSegmenters
        from annotator.embeddings.regions import EMBED_REGION
        from annotator.embeddings.selectors import Embeddings
        from annotator.images import embedding_port
        from annotator.jobs.models import Lane
        from annotator.jobs.registry import BatchedJobKind, JobKind, register_kind
        from annotator.jobs.upkeep import register_upkeep
        from annotator.projects import segmenter_port

        register_kind(
            BatchedJobKind(EMBED_IMAGE, Lane.COMPUTE, "annotator.embeddings.computing:embed_images")
        )
        register_kind(JobKind(EMBED_REGION, Lane.COMPUTE, "annotator.embeddings.computing:embed_region"))
        register_kind(JobKind(REEMBED_PROJECT, Lane.IO, "annotator.embeddings.reembedding:reembed_project"))
        register_upkeep("annotator.embeddings.upkeep:remove_unneeded_embeddings")
        register_upkeep("annotator.embeddings.upkeep:keep_within_budget")
        embedding_port.plug_in(Embeddings())
        segmenter_port.plug_in(ProjectSegmenters())
