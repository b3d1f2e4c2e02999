"""Store embeddings without exceeding the budget for long."""

import threading

from django.conf import settings

from annotator.embeddings.store import embedding_store
from annotator.embeddings.upkeep import keep_within_budget
from segmentation.embeddings import EmbeddingSignature
from segmentation.segmenters.base import ImageEmbedding

# Counting the folder takes a while where there are many files: done once for so much of the budget.
_SHARE_BETWEEN_COUNTS = 0.05


def write_embedding(signature: EmbeddingSignature, embedding: ImageEmbedding) -> int:
    """Store it; answers its bytes. Runs in any thread; knows no database."""
    return embedding_store().write(signature, embedding).stat().st_size


class BudgetWatch:
    """Counts what this process writes, and looks after the budget now and then."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._uncounted = 0

    def note_written(self, size: int) -> None:
        """So many bytes were stored. May delete the embeddings that were not used for the longest time."""
        with self._lock:
            self._uncounted += size
            if self._uncounted <= settings.EMBEDDINGS_MAX_BYTES * _SHARE_BETWEEN_COUNTS:
                return
            self._uncounted = 0
        keep_within_budget()


budget_watch = BudgetWatch()
