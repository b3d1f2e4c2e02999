from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.accounts.access import signed_in_user
from annotator.common.api import parse
from annotator.common.pagination import MAX_PAGE_SIZE, paginate
from annotator.common.schema import PAGE_PARAMETERS, page_of
from annotator.projects.access import access_category, access_project
from annotator.projects.actions import (
    change_category,
    change_project,
    create_category,
    create_project,
    delete_category,
    delete_project,
)
from annotator.projects.roles import Role
from annotator.projects.selectors import projects_with_counts
from annotator.projects.serializers import (
    CategoryChangeInput,
    CategoryInput,
    CategoryOutput,
    ProjectChangeInput,
    ProjectInput,
    ProjectOutput,
)


class ProjectsView(APIView):
    @extend_schema(
        operation_id="projects_list", parameters=[*PAGE_PARAMETERS], responses=page_of(ProjectOutput)
    )
    def get(self, request: Request) -> Response:
        """Your projects, newest first."""
        return paginate(
            projects_with_counts(request.user),
            request,
            order_by=("-created_at", "-pk"),
            serialize=lambda rows: ProjectOutput(rows, many=True).data,
        )

    @extend_schema(operation_id="projects_create", request=ProjectInput, responses={201: ProjectOutput})
    def post(self, request: Request) -> Response:
        """Make a project; you own it."""
        data = parse(ProjectInput, request)
        project = create_project(signed_in_user(request), name=data["name"])
        return _project_response(request, project.pk, status=201)


class ProjectView(APIView):
    @extend_schema(operation_id="projects_get", responses=ProjectOutput)
    def get(self, request: Request, project_id: int) -> Response:
        """One project."""
        access_project(request.user, project_id)
        return _project_response(request, project_id)

    @extend_schema(operation_id="projects_change", request=ProjectChangeInput, responses=ProjectOutput)
    def patch(self, request: Request, project_id: int) -> Response:
        """Rename the project, give it another segmenter or overlap policy (managers)."""
        project = access_project(request.user, project_id, min_role=Role.MANAGER)
        change_project(project, user=signed_in_user(request), **parse(ProjectChangeInput, request))
        return _project_response(request, project_id)

    @extend_schema(operation_id="projects_delete", responses={204: None})
    def delete(self, request: Request, project_id: int) -> Response:
        """Delete the project with its images, annotations and categories (owners)."""
        delete_project(access_project(request.user, project_id, min_role=Role.OWNER))
        return Response(status=204)


class CategoriesView(APIView):
    @extend_schema(
        operation_id="categories_list", parameters=[*PAGE_PARAMETERS], responses=page_of(CategoryOutput)
    )
    def get(self, request: Request, project_id: int) -> Response:
        """The categories of a project, in their order."""
        project = access_project(request.user, project_id)
        return paginate(
            project.categories.all(),
            request,
            order_by=("position", "pk"),
            serialize=lambda rows: CategoryOutput(rows, many=True).data,
            page_size=MAX_PAGE_SIZE,
        )

    @extend_schema(operation_id="categories_create", request=CategoryInput, responses={201: CategoryOutput})
    def post(self, request: Request, project_id: int) -> Response:
        """Add a category (managers)."""
        project = access_project(request.user, project_id, min_role=Role.MANAGER)
        category = create_category(project, **parse(CategoryInput, request))
        return Response(CategoryOutput(category).data, status=201)


class CategoryView(APIView):
    @extend_schema(operation_id="categories_change", request=CategoryChangeInput, responses=CategoryOutput)
    def patch(self, request: Request, category_id: int) -> Response:
        """Rename or recolour a category, or say what it asks of its annotations (managers)."""
        category = access_category(request.user, category_id, min_role=Role.MANAGER)
        change_category(category, **parse(CategoryChangeInput, request))
        return Response(CategoryOutput(category).data)

    @extend_schema(operation_id="categories_delete", responses={204: None})
    def delete(self, request: Request, category_id: int) -> Response:
        """Delete a category that no annotation has (managers)."""
        delete_category(access_category(request.user, category_id, min_role=Role.MANAGER))
        return Response(status=204)


def _project_response(request: Request, project_id: int, *, status: int = 200) -> Response:
    project = projects_with_counts(request.user).get(pk=project_id)
    return Response(ProjectOutput(project).data, status=status)
