"""Masks of 6 x 8 pixels, the size of the fixture image, and shorthands to write them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID, uuid4

import numpy as np
import pytest
from rest_framework.test import APIClient

from annotator.annotations.models import Annotation
from annotator.images.models import Image
from annotator.projects.models import Category
from segmentation.masks import CocoRle, encode

if TYPE_CHECKING:
    from rest_framework.response import _MonkeyPatchedResponse

Answer: TypeAlias = "_MonkeyPatchedResponse"  # what the test client answers; known to the type stubs only
Body = dict[str, Any]
BodyOf = Callable[..., Body]


def rle_of_box(left: int = 1, top: int = 2, width: int = 3, height: int = 2) -> CocoRle:
    """A filled box in an image of 6 rows and 8 columns."""
    mask = np.zeros((6, 8), np.bool_)
    mask[top : top + height, left : left + width] = True
    return encode(mask).to_coco()


@pytest.fixture
def body(image: Image, category: Category) -> BodyOf:
    """`body(rle=..., version=...)`: a PUT of a box on the fixture image, with these parts replaced."""

    def body_of(**parts: Any) -> Body:
        return {"image": image.pk, "category": category.pk, "rle": rle_of_box(), **parts}

    return body_of


def url_of(annotation_id: UUID) -> str:
    return f"/api/v1/annotations/{annotation_id}/"


def put(client: APIClient, annotation_id: UUID, body: Body) -> Answer:
    return client.put(url_of(annotation_id), body)


@pytest.fixture
def annotation_id() -> UUID:
    return uuid4()


def stored(annotation_id: UUID) -> Annotation:
    return Annotation.objects.get(pk=annotation_id)
