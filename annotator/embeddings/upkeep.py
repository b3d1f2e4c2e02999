"""What the folder of embeddings need not hold: files that no image needs, and more than its budget."""

from django.conf import settings
from django.db.models import Q

from annotator.embeddings.actions import forget_embedding
from annotator.embeddings.models import EmbeddingRecord, RegionRecord
from annotator.embeddings.store import embedding_store


def remove_unneeded_embeddings() -> int:
    """Embeddings of deleted images and of older checkpoints, and what killed workers left behind.

    Answers how many files were removed. A record names its key before the file is written.
    """
    store = embedding_store()
    removed = 0
    for key in list(store.keys()):
        if not _is_needed(key):
            store.remove(key)
            removed += 1
    return removed + store.remove_abandoned()


def _is_needed(key: str) -> bool:
    of_images = EmbeddingRecord.objects.filter(Q(key=key) | Q(earlier_key=key))
    return of_images.exists() or RegionRecord.objects.filter(key=key).exists()


def keep_within_budget() -> int:
    """Delete what was not used for the longest time beyond EMBEDDINGS_MAX_BYTES; answers how many files.

    They are computed again when somebody asks.
    """
    keys = embedding_store().trim(max_bytes=settings.EMBEDDINGS_MAX_BYTES)
    for key in keys:
        forget_embedding(key)
    return len(keys)
