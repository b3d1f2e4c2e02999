"""Who may see and change an annotation: whoever may do so with its project."""

from uuid import UUID

from annotator.annotations.errors import AnnotationNotFound
from annotator.annotations.models import Annotation
from annotator.projects.access import Requester, check_role, find_role
from annotator.projects.roles import Role


def access_annotation(user: Requester, annotation_id: UUID, *, min_role: Role = Role.VIEWER) -> Annotation:
    """The annotation, deleted or not, if `user` is a member of its project with at least `min_role`."""
    annotation = Annotation.objects.select_related("image", "author").filter(pk=annotation_id).first()
    role = None if annotation is None else find_role(user, annotation.image.project_id)
    if annotation is None or role is None:
        raise AnnotationNotFound
    check_role(role, min_role=min_role)
    return annotation


def check_id_is_free_for(user: Requester, annotation: Annotation) -> None:
    """AnnotationNotFound if `annotation`, found under an id that `user` chose, is in a project not theirs."""
    if find_role(user, annotation.image.project_id) is None:
        raise AnnotationNotFound
