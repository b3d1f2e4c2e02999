"""What images need of their embeddings. The embeddings app, which stands above this one, plugs itself in."""

from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.db import models
from django.db.models import QuerySet

from annotator.accounts.models import User
from annotator.images.models import Image

_Images = TypeVar("_Images", bound=QuerySet[Any])  # of Image, annotated or not


class EmbeddingState(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class EmbeddingSummary:
    """What the page needs to fetch an image's embedding."""

    state: EmbeddingState
    url: str  # carries the key, so its answer may be kept for ever
    key: str  # names the content
    segmenter: (
        str  # whose embedding it is; after a change of segmenter the earlier one's, until the new is ready
    )


class EmbeddingPort(Protocol):
    def request_for(self, image: Image, *, user: User | None) -> None:
        """Have the embedding computed. Runs in the transaction that adds the image."""

    def joined(self, images: _Images) -> _Images:
        """The same rows, with all that `summary` needs fetched by the same query."""

    def in_state(self, images: _Images, state: EmbeddingState) -> _Images:
        """Only the images whose embedding is in that state."""

    def summary(self, image: Image) -> EmbeddingSummary:
        """Without a query when the image comes from `joined`."""


_plugged: list[EmbeddingPort] = []


def plug_in(port: EmbeddingPort) -> None:
    """Called once, when the embeddings app is ready."""
    _plugged[:] = [port]


def embeddings() -> EmbeddingPort:
    return _plugged[0]
