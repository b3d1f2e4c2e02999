"""Exports hold attributes, the drawing order, and what the overlap policy leaves of masks."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from django.core.management import call_command
from pycocotools import mask as coco_mask

from annotator.accounts.models import User
from annotator.annotations.actions import Content, put_annotation
from annotator.projects.actions import change_project, create_category
from annotator.projects.models import Category, Project
from segmentation.masks import Mask, encode
from tests.annotator.datasets.conftest import add, random_mask
from tests.annotator.pictures import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def cats(project: Project) -> Category:
    return create_category(project, name="cat", attributes=[{"name": "legs", "kind": "number"}])


def _export(project: Project, out: Path) -> list[dict[str, Any]]:
    call_command("export_coco", str(project.pk), "--out", str(out))
    annotations: list[dict[str, Any]] = json.loads((out / "annotations.json").read_text())["annotations"]
    return annotations


def _annotate(
    project: Project, cats: Category, user: User, places: dict[int, float], **more: Any
) -> dict[str, Mask]:
    """An image with a mask for each number at its position in the drawing order. -> masks by uuid."""
    image = add(project, user, "a.png", picture(1))
    masks = {}
    for number, position in places.items():
        mask = random_mask(image, number)
        content = Content(image=image, category=cats, rle=encode(mask), position=position, **more)
        put_annotation(UUID(int=number), content, based_on=None, author=user)
        masks[str(UUID(int=number))] = mask
    return masks


def test_attributes_are_exported(project: Project, cats: Category, annotator: User, tmp_path: Path) -> None:
    _annotate(project, cats, annotator, {1: 1}, attributes={"legs": 4})
    (exported,) = _export(project, tmp_path / "out")
    assert exported["attributes"] == {"legs": 4}


def test_annotations_are_exported_in_drawing_order(
    project: Project, cats: Category, annotator: User, tmp_path: Path
) -> None:
    _annotate(project, cats, annotator, {1: 2.5, 2: -1, 3: 2})
    order = [UUID(exported["uuid"]).int for exported in _export(project, tmp_path / "out")]
    assert order == [2, 3, 1]


@pytest.mark.parametrize("policy", ["take", "yield"])
def test_no_masks_of_an_export_overlap_where_they_may_not(
    project: Project, cats: Category, annotator: User, tmp_path: Path, policy: str
) -> None:
    masks = _annotate(project, cats, annotator, {1: 3, 2: 1, 3: 2})
    change_project(project, overlap_policy=policy, user=annotator)
    covered: Mask | None = None
    for exported in reversed(_export(project, tmp_path / "out")):
        mask = masks[exported["uuid"]]
        seen = mask if covered is None else mask & ~covered
        decoded = coco_mask.decode(exported["segmentation"]).astype(bool)
        assert np.array_equal(decoded, seen)
        assert exported["area"] == seen.sum()
        covered = mask if covered is None else covered | mask
    assert covered is not None


def test_what_nothing_is_seen_of_is_left_out(
    project: Project, cats: Category, annotator: User, tmp_path: Path
) -> None:
    masks = _annotate(project, cats, annotator, {1: 1})
    image = project.images.get()
    everything = encode(np.ones_like(next(iter(masks.values()))))
    content = Content(image=image, category=cats, rle=everything)
    put_annotation(UUID(int=9), content, based_on=None, author=annotator)
    change_project(project, overlap_policy="take", user=annotator)
    assert [(one["id"], one["uuid"]) for one in _export(project, tmp_path / "out")] == [(1, str(UUID(int=9)))]


def test_masks_of_a_free_project_are_exported_as_they_are(
    project: Project, cats: Category, annotator: User, tmp_path: Path
) -> None:
    masks = _annotate(project, cats, annotator, {1: 1, 2: 2})
    for exported in _export(project, tmp_path / "out"):
        decoded = coco_mask.decode(exported["segmentation"]).astype(bool)
        assert np.array_equal(decoded, masks[exported["uuid"]])
