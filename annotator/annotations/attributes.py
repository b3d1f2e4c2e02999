"""The check that answers to what a category asks pass."""

from collections.abc import Mapping
from typing import Any

from annotator.annotations.errors import InvalidAttributes
from annotator.projects.attributes import AttributeValues, misfits
from annotator.projects.models import Category


def check_attributes(category: Category, values: Mapping[str, Any]) -> AttributeValues:
    """The values, if the category asks for each of them and takes them all; InvalidAttributes if not."""
    if names := misfits(category.attributes, values):
        raise InvalidAttributes(category=category.name, names=names)
    return dict(values)
