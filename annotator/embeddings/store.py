"""The store of this installation."""

from django.conf import settings

from segmentation.embeddings import EmbeddingStore


def embedding_store() -> EmbeddingStore:
    return EmbeddingStore(settings.EMBEDDINGS_DIR)
