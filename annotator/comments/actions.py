"""Changes to threads and comments: one function, one transaction each."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from annotator.accounts.models import User
from annotator.comments.errors import CommentKeyTaken, OutsideImage, ThreadNotFound
from annotator.comments.models import Comment, Thread
from annotator.images.models import Image


@transaction.atomic
def start_thread(
    image: Image, *, author: User, x: float, y: float, text: str, key: UUID | None = None
) -> tuple[Thread, bool]:
    """A thread at an image point with its first comment; OutsideImage if the point is not on the image.

    A `key` that has been sent before gives the thread that it began. -> the thread, and whether it is new.
    """
    if not (0 <= x <= image.width and 0 <= y <= image.height):
        raise OutsideImage(width=image.width, height=image.height)
    Image.objects.select_for_update().get(pk=image.pk)  # the same sent twice at once is one after the other
    if said := _said_before(key, author=author, image=image):
        return said.thread, False
    thread = Thread.objects.create(image=image, x=x, y=y)
    Comment.objects.create(thread=thread, author=author, text=text, key=key)
    return thread, True


@transaction.atomic
def reply(thread: Thread, *, author: User, text: str, key: UUID | None = None) -> bool:
    """A further comment. A resolved thread is open again: somebody has something to say.

    A `key` that has been sent before changes nothing. -> whether the comment is new.
    """
    _lock(thread)
    if _said_before(key, author=author, image=thread.image):
        return False
    Comment.objects.create(thread=thread, author=author, text=text, key=key)
    _write_resolution(thread, resolved=False, user=author)
    return True


@transaction.atomic
def resolve(thread: Thread, *, resolved: bool, user: User) -> None:
    """Settled, or open again. Doing so again changes nothing: whoever was first stays named."""
    _lock(thread)
    _write_resolution(thread, resolved=resolved, user=user)


@transaction.atomic
def delete_comment(comment: Comment) -> None:
    """The thread goes with its last comment."""
    thread = comment.thread
    _lock(thread)
    comment.delete()
    if not thread.comments.exists():
        thread.delete()


def _said_before(key: UUID | None, *, author: User, image: Image) -> Comment | None:
    """The comment of that key; CommentKeyTaken if somebody else, or another image, has it."""
    said = key and Comment.objects.select_related("thread").filter(key=key).first()
    if not said:
        return None
    if (said.author_id, said.thread.image_id) != (author.pk, image.pk):
        raise CommentKeyTaken
    return said


def _lock(thread: Thread) -> None:
    """Nobody else changes the thread until the transaction ends; ThreadNotFound if it is gone."""
    current = Thread.objects.select_for_update().filter(pk=thread.pk).first()
    if current is None:
        raise ThreadNotFound
    thread.resolved_at, thread.resolved_by_id = current.resolved_at, current.resolved_by_id


def _write_resolution(thread: Thread, *, resolved: bool, user: User) -> None:
    if resolved == (thread.resolved_at is not None):
        return
    thread.resolved_at = timezone.now() if resolved else None
    thread.resolved_by = user if resolved else None
    thread.save(update_fields=["resolved_at", "resolved_by"])
