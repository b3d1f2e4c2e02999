"""Serializer fields that several apps share."""

import math
from typing import Any

from rest_framework import serializers


class FiniteFloatField(serializers.FloatField):
    """Neither NaN nor infinite: JSON and Postgres have neither."""

    default_error_messages = {"not_finite": "A finite number is needed."}

    def to_internal_value(self, data: Any) -> float:
        value = super().to_internal_value(data)
        if not math.isfinite(value):
            self.fail("not_finite")
        return value
