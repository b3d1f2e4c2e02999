"""Changes to projects and categories: one function, one transaction each."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from annotator.accounts.models import User
from annotator.projects.errors import CategoryInUse, CategoryNameTaken
from annotator.projects.models import Category, Membership, Project
from annotator.projects.palette import pick_color
from annotator.projects.roles import Role
from annotator.projects.segmenter_port import segmenters


@transaction.atomic
def create_project(owner: User, *, name: str) -> Project:
    project = Project.objects.create(name=name)
    Membership.objects.create(project=project, user=owner, role=Role.OWNER)
    return project


@transaction.atomic
def change_project(
    project: Project,
    *,
    name: str | None = None,
    segmenter: str | None = None,
    overlap_policy: str | None = None,
    user: User | None,
) -> None:
    """What is None stays. Another segmenter: all images are embedded anew in the background.

    Raises what `SegmenterPort.check_usable` raises, and then nothing is changed.
    """
    project = Project.objects.select_for_update().get(pk=project.pk)
    changes_segmenter = segmenter is not None and segmenter != project.segmenter
    if segmenter is not None and changes_segmenter:
        segmenters().check_usable(segmenter)
        project.segmenter = segmenter
    project.name = name or project.name
    project.overlap_policy = overlap_policy or project.overlap_policy
    project.save(update_fields=["name", "segmenter", "overlap_policy"])
    if changes_segmenter:
        segmenters().changed(project, user=user)


@transaction.atomic
def delete_project(project: Project) -> None:
    """Delete the project with all that is in it. The worker's upkeep removes files that no row needs."""
    project.delete()


@transaction.atomic
def create_category(
    project: Project, *, name: str, color: str | None = None, attributes: list[dict[str, Any]] | None = None
) -> Category:
    """A category behind the others; CategoryNameTaken if the project has one of that name."""
    Project.objects.select_for_update().get(pk=project.pk)  # positions are given out one at a time
    if project.categories.filter(name=name).exists():
        raise CategoryNameTaken(name)
    last = project.categories.aggregate(last=Max("position"))["last"]
    return Category.objects.create(
        project=project,
        name=name,
        color=color or pick_color(list(project.categories.values_list("color", flat=True))),
        position=0 if last is None else last + 1,
        attributes=attributes or [],
    )


def change_category(
    category: Category,
    *,
    name: str | None = None,
    color: str | None = None,
    attributes: list[dict[str, Any]] | None = None,
) -> None:
    """What is None stays; CategoryNameTaken if another category has the name."""
    category.name = name or category.name
    category.color = color or category.color
    category.attributes = category.attributes if attributes is None else attributes
    try:
        with transaction.atomic():
            category.save(update_fields=["name", "color", "attributes"])
    except IntegrityError as error:
        raise CategoryNameTaken(category.name) from error


@transaction.atomic
def delete_category(category: Category) -> None:
    """CategoryInUse while an annotation has it; deleted annotations lose it."""
    Category.objects.select_for_update().get(pk=category.pk)
    if count := category.annotations.filter(deleted_at=None).count():
        raise CategoryInUse(name=category.name, annotation_count=count)
    category.annotations.update(category=None)
    category.delete()
