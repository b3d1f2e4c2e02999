"""The check that answers to what a category asks pass."""

from collections.abc import Mapping
from typing import Any

from annotator.annotations.errors import InvalidAttributes
from annotator.projects.attributes import AttributeValues, fitting_values, misfits
from annotator.projects.models import Category


def check_attributes(category: Category, values: Mapping[str, Any]) -> AttributeValues:
    """The values under their names of today, if the category takes them all; InvalidAttributes if not."""
    if names := misfits(category.attributes, values):
        raise InvalidAttributes(category=category.name, names=names)
    return fitting_values(category.attributes, values)
