"""The project that a newcomer finds: a few photos, and categories for what is in them."""

from pathlib import Path

from django.db import transaction

from annotator.accounts.models import User
from annotator.demo.models import DemoLoad
from annotator.images.actions import add_image
from annotator.projects.actions import create_category, create_project

PHOTOS = Path(__file__).parent / "photos"
PROJECT_NAME = "Demo"
CATEGORIES = ("person", "cat", "cup", "spoon", "coin", "rocket")


@transaction.atomic
def load_demo_project(owner: User) -> None:
    """Make the demo project, and remember that it was made: once deleted, it does not come back."""
    DemoLoad.objects.create()
    project = create_project(owner, name=PROJECT_NAME)
    for name in CATEGORIES:
        create_category(project, name=name)
    for path in sorted(PHOTOS.glob("*.jpg")):
        with path.open("rb") as file:
            add_image(project=project, user=owner, filename=path.name, file=file)
