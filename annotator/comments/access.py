"""Who may see threads and delete comments: whoever may do so with the project; one's own one may delete."""

from annotator.comments.errors import CommentNotFound, NotYourComment, ThreadNotFound
from annotator.comments.models import Comment, Thread
from annotator.projects.access import Requester, check_role, find_role
from annotator.projects.roles import Role


def access_thread(user: Requester, thread_id: int, *, min_role: Role = Role.VIEWER) -> Thread:
    """The thread, if `user` is a member of its project with at least `min_role`."""
    thread = Thread.objects.select_related("image", "resolved_by").filter(pk=thread_id).first()
    role = None if thread is None else find_role(user, thread.image.project_id)
    if thread is None or role is None:
        raise ThreadNotFound
    check_role(role, min_role=min_role)
    return thread


def access_comment_to_delete(user: Requester, comment_id: int) -> Comment:
    """The comment, if `user` wrote it and still annotates in its project, or manages that project."""
    comment = Comment.objects.select_related("thread__image").filter(pk=comment_id).first()
    role = None if comment is None else find_role(user, comment.thread.image.project_id)
    if comment is None or role is None:
        raise CommentNotFound
    check_role(role, min_role=Role.ANNOTATOR)
    if comment.author_id != user.pk and not role.covers(Role.MANAGER):
        raise NotYourComment
    return comment
