"""Reads of threads, each with its comments and the names of who wrote them."""

from django.db.models import Prefetch, QuerySet

from annotator.comments.models import Comment, Thread
from annotator.images.models import Image


def threads_of(image: Image, *, resolved: bool | None = None) -> QuerySet[Thread]:
    """The threads of an image in the order they were begun; two queries, however many there are."""
    threads = _with_comments().filter(image=image)
    return threads if resolved is None else threads.filter(resolved_at__isnull=not resolved)


def get_thread(thread_id: int) -> Thread:
    return _with_comments().get(pk=thread_id)


def _with_comments() -> QuerySet[Thread]:
    comments = Prefetch("comments", Comment.objects.select_related("author"))
    return Thread.objects.select_related("resolved_by").prefetch_related(comments)
