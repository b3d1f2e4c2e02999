"""Who may see and change an image: the members of its project."""

from annotator.images.errors import ImageNotFound
from annotator.images.models import Image
from annotator.projects.access import Requester, check_role, find_role
from annotator.projects.roles import Role


def access_image(user: Requester, image_id: int, *, min_role: Role = Role.VIEWER) -> Image:
    """The image with its project, if `user` is a member of that with at least `min_role`; raises if not."""
    image = Image.objects.select_related("project").filter(id=image_id).first()
    role = None if image is None else find_role(user, image.project_id)
    if image is None or role is None:
        raise ImageNotFound
    check_role(role, min_role=min_role)
    return image
