"""What a category asks of each of its annotations, and whether an answer fits."""

import math
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from django.db import models
from rest_framework import serializers

AttributeValue: TypeAlias = str | float | bool
AttributeValues: TypeAlias = dict[str, AttributeValue]

MAX_ATTRIBUTES = 50
MAX_OPTIONS = 200
MAX_FORMER_NAMES = 20
NAME_LENGTH = 100
TEXT_LENGTH = 1000
MAX_NUMBER = 1e15  # whole numbers up to here are exact in JSON readers that know doubles only


class AttributeKind(models.TextChoices):
    """What an answer may be."""

    TEXT = "text", "A text, not empty"
    NUMBER = "number", "A finite number"
    CHOICE = "choice", "One of the options"
    CHECKBOX = "checkbox", "Yes or no"


class AttributeDefinition(serializers.Serializer[Any]):
    """One question; its name is unique in the category, and the key of the answers."""

    name = serializers.CharField(max_length=NAME_LENGTH)
    kind = serializers.ChoiceField(choices=AttributeKind.choices)
    required = serializers.BooleanField(  # type: ignore[assignment]  # part of the contract
        default=False,
        help_text="The page reminds of it. A mask is saved without it all the same: work is never refused.",
    )
    options = serializers.ListField(
        child=serializers.CharField(max_length=NAME_LENGTH),
        default=list,
        max_length=MAX_OPTIONS,
        help_text="For a choice: at least one. Empty for other kinds.",
    )
    formerly = serializers.ListField(
        child=serializers.CharField(max_length=NAME_LENGTH),
        default=list,
        max_length=MAX_FORMER_NAMES,
        help_text="Names that it had before: answers under them are answers to it.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        options = attrs["options"]
        is_choice = attrs["kind"] == AttributeKind.CHOICE
        if is_choice and not options:
            raise serializers.ValidationError({"options": "Name at least one option."})
        if not is_choice and options:
            raise serializers.ValidationError({"options": "Only a choice has options. Leave them out."})
        if len(set(options)) < len(options):
            raise serializers.ValidationError({"options": "Each option may be there once."})
        return attrs


class AttributeDefinitions(serializers.ListField):
    """The questions of a category, in their order."""

    child = AttributeDefinition()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=MAX_ATTRIBUTES, **kwargs)

    def to_internal_value(self, data: Any) -> list[dict[str, Any]]:
        definitions: list[dict[str, Any]] = super().to_internal_value(data)
        for definition in definitions:
            definition["formerly"] = [name for name in definition["formerly"] if name != definition["name"]]
        names = [name for definition in definitions for name in _names_of(definition)]
        if len(set(names)) < len(names):
            raise serializers.ValidationError(
                "Each attribute of a category needs a name of its own, which no other one had before."
            )
        return definitions


def fits(definition: Mapping[str, Any], value: object) -> bool:
    """Whether `value` answers the question. The page checks by the same rule (`document/attributes.ts`)."""
    match AttributeKind(definition["kind"]):
        case AttributeKind.TEXT:
            return (
                isinstance(value, str) and 0 < len(value.strip()) <= len(value) <= TEXT_LENGTH
            ) and "\x00" not in value
        case AttributeKind.NUMBER:
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            return is_number and math.isfinite(value) and abs(value) <= MAX_NUMBER  # type: ignore[arg-type]
        case AttributeKind.CHOICE:
            return isinstance(value, str) and value in definition["options"]
        case AttributeKind.CHECKBOX:
            return isinstance(value, bool)


def misfits(definitions: Iterable[Mapping[str, Any]], values: Mapping[str, object]) -> list[str]:
    """Names of the values that no definition takes, sorted. Former names count."""
    by_name = {name: definition for definition in definitions for name in _names_of(definition)}
    return sorted(
        name for name, value in values.items() if name not in by_name or not fits(by_name[name], value)
    )


def fitting_values(
    definitions: Iterable[Mapping[str, Any]], values: Mapping[str, AttributeValue]
) -> AttributeValues:
    """The values that the definitions take as they are now, in their order and under their names.

    A value under a former name is one of the attribute's, unless there is one under its name.
    """
    return {
        definition["name"]: answers[0]
        for definition in definitions
        if (
            answers := [
                values[name]
                for name in _names_of(definition)
                if name in values and fits(definition, values[name])
            ]
        )
    }


def _names_of(definition: Mapping[str, Any]) -> list[str]:
    return [definition["name"], *definition.get("formerly", [])]
