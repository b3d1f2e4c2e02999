"""The people of the tests, a project they share, and clients that speak for them."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from annotator.accounts.actions import create_api_token, get_or_create_user
from annotator.accounts.models import User
from annotator.images.models import Image
from annotator.projects.actions import create_category, create_project
from annotator.projects.models import Category, Membership, Project
from annotator.projects.roles import Role

ClientOf = Callable[[User], APIClient]


@pytest.fixture(autouse=True)
def _forget_throttles() -> Iterator[None]:
    yield
    cache.clear()


def _user(name: str) -> User:
    return get_or_create_user(name)[0]


@pytest.fixture
def owner(db: None) -> User:
    return _user("olga-owner")


@pytest.fixture
def stranger(db: None) -> User:
    """Has an account, and no part in the project."""
    return _user("sam-stranger")


@pytest.fixture
def project(owner: User) -> Project:
    return create_project(owner, name="Cats of Rome")


def _member(project: Project, name: str, role: Role) -> User:
    user = _user(name)
    Membership.objects.create(project=project, user=user, role=role)
    return user


@pytest.fixture
def manager(project: Project) -> User:
    return _member(project, "mia-manager", Role.MANAGER)


@pytest.fixture
def annotator(project: Project) -> User:
    return _member(project, "anna-annotator", Role.ANNOTATOR)


@pytest.fixture
def viewer(project: Project) -> User:
    return _member(project, "vera-viewer", Role.VIEWER)


@pytest.fixture
def foreign_project(stranger: User) -> Project:
    """A project that only the stranger sees."""
    return create_project(stranger, name="Secret dogs")


@pytest.fixture
def category(project: Project) -> Category:
    return create_category(project, name="cat")


def make_image(project: Project, *, filename: str = "cat.png", height: int = 6, width: int = 8) -> Image:
    """The row of an image, without its files."""
    sha256 = uuid4().hex * 2
    return Image.objects.create(
        project=project,
        filename=filename,
        sha256=sha256,
        rendition_sha256=sha256,
        bytes=100,
        media_type="image/png",
        width=width,
        height=height,
    )


@pytest.fixture
def image(project: Project) -> Image:
    """6 rows, 8 columns; a row without files."""
    return make_image(project)


@pytest.fixture
def api() -> ClientOf:
    """`api(user)` speaks for that user with a token; `api_of_nobody` for nobody."""

    def client_of(user: User) -> APIClient:
        client = APIClient()
        client.default_format = "json"
        client.credentials(HTTP_AUTHORIZATION=f"Token {create_api_token(user)}")
        return client

    return client_of


@pytest.fixture
def api_of_nobody(db: None) -> APIClient:
    client = APIClient()
    client.default_format = "json"
    return client
