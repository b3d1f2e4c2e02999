"""Who may see and change a project. Missing and forbidden rows answer alike."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, QuerySet

from annotator.accounts.models import User
from annotator.projects.errors import CategoryNotFound, ProjectNotFound, RoleTooLow
from annotator.projects.models import Category, Membership, Project
from annotator.projects.roles import Role

Requester = User | AnonymousUser


def _id_of(user: Requester) -> int:
    return user.pk or 0  # nobody is no member of anything


def visible_projects(user: Requester) -> QuerySet[Project]:
    """The projects that `user` is a member of."""
    return Project.objects.filter(memberships__user_id=_id_of(user))


def find_role(user: Requester, project_id: int) -> Role | None:
    """The role of `user` in the project; None for a stranger and for a project that does not exist."""
    role = (
        Membership.objects.filter(user_id=_id_of(user), project_id=project_id)
        .values_list("role", flat=True)
        .first()
    )
    return None if role is None else Role(role)


def check_role(role: Role, *, min_role: Role) -> None:
    """Raises RoleTooLow (403) unless `role` may do what `min_role` may."""
    if not role.covers(min_role):
        raise RoleTooLow(role=role, needed=min_role)


def access_project(user: Requester, project_id: int, *, min_role: Role = Role.VIEWER) -> Project:
    """The project, if `user` is a member with at least `min_role`; ProjectNotFound or RoleTooLow if not."""
    project = visible_projects(user).annotate(role=F("memberships__role")).filter(pk=project_id).first()
    if project is None:
        raise ProjectNotFound
    check_role(Role(project.role), min_role=min_role)
    return project


def access_category(user: Requester, category_id: int, *, min_role: Role = Role.VIEWER) -> Category:
    """The category, if `user` is a member of its project with at least `min_role`."""
    category = Category.objects.select_related("project").filter(pk=category_id).first()
    role = None if category is None else find_role(user, category.project_id)
    if category is None or role is None:
        raise CategoryNotFound
    check_role(role, min_role=min_role)
    return category
