"""Lists by keyset: `{"results": [...], "next": "<address>" | null}`, no page slower than the first."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.common.errors import Invalid

PAGE_SIZE = 100
MAX_PAGE_SIZE = 500

# A model instance, or a named tuple of its columns.
_Row = TypeVar("_Row")


class BadCursor(Invalid):
    code = "bad_cursor"
    message = "This cursor cannot be read. Start again without one."


class BadLimit(Invalid):
    code = "bad_limit"
    message = f"limit must be a whole number from 1 to {MAX_PAGE_SIZE}."


def paginate(
    rows: models.QuerySet[Any, _Row],
    request: Request,
    *,
    order_by: Sequence[str],
    serialize: Callable[[list[_Row]], Any],
    page_size: int = PAGE_SIZE,
) -> Response:
    """One page of `rows` from the cursor in the query string on.

    `order_by` names fields, ascending or with a leading "-"; together they must be unique (end with "pk").
    `serialize` gets the rows of the page. `next` is an address on this server ("/api/v1/…?cursor=…") or None.
    """
    limit = _read_limit(request, page_size)
    rows = rows.order_by(*order_by)
    if cursor := request.query_params.get("cursor"):
        rows = _after(rows, order_by, _decode(cursor, count=len(order_by)))
    page = list(rows[: limit + 1])
    next_url = None
    if len(page) > limit:
        page = page[:limit]
        next_url = _url_with_cursor(request, _encode(page[-1], order_by))
    return Response({"results": serialize(page), "next": next_url})


def _read_limit(request: Request, page_size: int) -> int:
    text = request.query_params.get("limit")
    if text is None:
        return page_size
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MAX_PAGE_SIZE):
        raise BadLimit
    return int(text)


def _after(
    rows: models.QuerySet[Any, _Row], order_by: Sequence[str], values: Sequence[str]
) -> models.QuerySet[Any, _Row]:
    """Rows behind `values` in the order: (a > x) or (a = x and b > y) or …"""
    condition = Q()
    equal = Q()
    for field, value in zip(order_by, values, strict=True):
        name = field.lstrip("-")
        comparison = "lt" if field.startswith("-") else "gt"
        condition |= equal & Q(**{f"{name}__{comparison}": value})
        equal &= Q(**{name: value})
    try:
        return rows.filter(condition)
    except (ValueError, ValidationError) as error:
        raise BadCursor from error


def _encode(row: object, order_by: Sequence[str]) -> str:
    values = [_to_text(getattr(row, field.lstrip("-"))) for field in order_by]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _to_text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _decode(cursor: str, *, count: int) -> list[str]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values = json.loads(base64.urlsafe_b64decode(padded))
    except (binascii.Error, ValueError) as error:
        raise BadCursor from error
    if not (isinstance(values, list) and len(values) == count and all(isinstance(v, str) for v in values)):
        raise BadCursor
    return values


def _url_with_cursor(request: Request, cursor: str) -> str:
    query = request.query_params.copy()
    query["cursor"] = cursor
    return f"{request.path}?{query.urlencode()}"
