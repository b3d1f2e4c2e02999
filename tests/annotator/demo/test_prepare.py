"""`prepare`, which `make run` calls at every start."""

import json
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.test import Client

from annotator.accounts.models import User
from annotator.images import storage
from annotator.images.models import Image
from annotator.projects.models import Membership, Project


def _prepare() -> Client:
    """A browser that has opened the printed link."""
    out = StringIO()
    call_command("prepare", "--json", stdout=out)
    url = urlsplit(json.loads(out.getvalue())["url"])
    client = Client()
    assert client.get(f"/?{url.query}")["Location"] == "/"
    return client


@pytest.mark.django_db
def test_the_first_start_makes_a_user_and_a_demo_project_with_photos() -> None:
    projects = _prepare().get("/api/v1/projects/").json()["results"]
    assert [(row["name"], row["role"], row["image_count"]) for row in projects] == [("Demo", "owner", 5)]
    assert all(storage.blob_path(image.sha256).exists() for image in Image.objects.all())
    assert {category.name for category in Project.objects.get().categories.all()} >= {"person", "cat", "cup"}


@pytest.mark.django_db
def test_later_starts_change_nothing_and_give_a_new_link() -> None:
    _prepare()
    _prepare()
    assert (Project.objects.count(), Image.objects.count(), User.objects.count()) == (1, 5, 1)


@pytest.mark.django_db
def test_a_deleted_demo_project_does_not_come_back() -> None:
    _prepare()
    Project.objects.all().delete()
    assert _prepare().get("/api/v1/projects/").json()["results"] == []


@pytest.mark.django_db
def test_a_demo_project_that_failed_half_way_is_made_at_the_next_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full_disk(**_: object) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("annotator.demo.actions.add_image", full_disk)
        with pytest.raises(OSError, match="No space"):
            _prepare()
    assert not Project.objects.exists()
    _prepare()
    assert Membership.objects.get().project.images.count() == 5
