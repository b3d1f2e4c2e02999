"""Scores of the taken candidate: kept in columns, asked for by range."""

from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from rest_framework.test import APIClient

from annotator.accounts.models import User
from annotator.annotations.models import Annotation
from annotator.images.models import Image
from annotator.projects.models import Category, Project
from tests.annotator.annotations.conftest import BodyOf, put, rle_of_box, stored, url_of
from tests.annotator.conftest import ClientOf

SURE = {"predicted_iou": 0.95, "stability_score": 0.98, "mean_logit": 12.5}
UNSURE = {"predicted_iou": 0.55, "stability_score": 0.7, "mean_logit": 3.0}


@pytest.fixture
def client(api: ClientOf, annotator: User) -> APIClient:
    return api(annotator)


@pytest.fixture
def ids(client: APIClient, body: BodyOf) -> dict[str, UUID]:
    """A sure and an unsure mask, and one that was drawn by hand."""
    made = {name: uuid4() for name in ("sure", "unsure", "drawn")}
    put(client, made["sure"], body(source="prompt", provenance=SURE))
    put(client, made["unsure"], body(rle=rle_of_box(left=2), source="prompt", provenance=UNSURE))
    put(client, made["drawn"], body(rle=rle_of_box(left=3)))
    return made


@pytest.fixture
def found(client: APIClient, ids: dict[str, UUID]) -> Any:
    """`found(url, **query)`: the names of the annotations in the answer."""
    name_of = {str(one): name for name, one in ids.items()}

    def names(url: str, **query: Any) -> list[str]:
        return [name_of[row["id"]] for row in client.get(url, query).json()["results"]]

    return names


def test_scores_are_copied_from_the_provenance(ids: dict[str, UUID]) -> None:
    for name, expected in (("sure", SURE), ("unsure", UNSURE), ("drawn", dict.fromkeys(SURE))):
        row = stored(ids[name])
        assert {score: getattr(row, score) for score in SURE} == expected


def test_a_mask_that_is_drawn_over_loses_its_scores(
    client: APIClient, body: BodyOf, ids: dict[str, UUID]
) -> None:
    put(client, ids["sure"], body(rle=rle_of_box(left=4), version=1))
    assert stored(ids["sure"]).predicted_iou is None


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["sure", "unsure", "drawn"]),
        ({"predicted_iou_max": 0.8}, ["unsure"]),
        ({"predicted_iou_min": 0.8}, ["sure"]),
        ({"predicted_iou_min": 0.55, "predicted_iou_max": 0.55}, ["unsure"]),
        ({"stability_score_max": 0.9}, ["unsure"]),
        ({"mean_logit_min": 3, "mean_logit_max": 20}, ["sure", "unsure"]),
        ({"predicted_iou_min": 0.8, "mean_logit_max": 4}, []),
    ],
)
def test_annotations_are_found_by_score(
    found: Any, image: Image, project: Project, query: dict[str, float], names: list[str]
) -> None:
    assert found(f"/api/v1/images/{image.pk}/annotations/", **query) == names
    assert found(f"/api/v1/projects/{project.pk}/annotations/", **query) == names


def test_a_projects_annotations_are_found_by_category_and_source(
    found: Any, project: Project, category: Category
) -> None:
    url = f"/api/v1/projects/{project.pk}/annotations/"
    assert found(url, category=category.pk, source="prompt") == ["sure", "unsure"]
    assert found(url, category=category.pk + 1) == []


def test_images_are_found_by_their_weakest_annotation(
    client: APIClient, ids: dict[str, UUID], project: Project, image: Image
) -> None:
    url = f"/api/v1/projects/{project.pk}/images/"

    def ids_of(**query: float) -> list[int]:
        return [row["id"] for row in client.get(url, query).json()["results"]]

    assert ids_of(predicted_iou_max=0.6) == [image.pk]
    assert ids_of(predicted_iou_max=0.5) == []
    # The same annotation has to be within all bounds.
    assert ids_of(predicted_iou_max=0.6, mean_logit_max=1) == []
    client.delete(f"{url_of(ids['unsure'])}?version=1")
    assert ids_of(predicted_iou_max=0.6) == []


@pytest.mark.parametrize("value", ["nan", "inf", "much"])
def test_a_bound_that_is_no_number_is_refused(
    client: APIClient, image: Image, project: Project, value: str
) -> None:
    for url in (f"images/{image.pk}/annotations", f"projects/{project.pk}/images"):
        assert client.get(f"/api/v1/{url}/", {"predicted_iou_max": value}).status_code == 400


def test_a_stranger_does_not_see_a_projects_annotations(
    api: ClientOf, stranger: User, project: Project
) -> None:
    assert api(stranger).get(f"/api/v1/projects/{project.pk}/annotations/").status_code == 404


def test_the_migration_fills_the_scores_of_older_rows(ids: dict[str, UUID]) -> None:
    Annotation.objects.update(predicted_iou=None, stability_score=None, mean_logit=None)
    migration = import_module("annotator.annotations.migrations.0002_scores")
    migration.fill_from_provenance(apps, None)
    assert stored(ids["sure"]).predicted_iou == SURE["predicted_iou"]
    assert stored(ids["drawn"]).predicted_iou is None
