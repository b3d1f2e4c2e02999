"""Embeddings that no image needs: of deleted images, and of older checkpoints."""

from django.conf import settings
from django.db.models import Q

from annotator.embeddings.models import EmbeddingRecord


def remove_unneeded_embeddings() -> int:
    """Answers how many files were removed. A record names its key before the file is written."""
    removed = 0
    for path in list(settings.EMBEDDINGS_DIR.glob("*/*/*.safetensors")):
        needed = Q(key=path.stem) | Q(earlier_key=path.stem)
        if not EmbeddingRecord.objects.filter(needed).exists():
            path.unlink(missing_ok=True)
            removed += 1
    return removed
