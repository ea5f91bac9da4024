"""How a row's values stand in SQLite, and how they are read back: a moment is ISO text, a tuple a JSON array."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from types import NoneType
from typing import Any, TypeVar, get_origin

import msgspec

from kring.domain.columns import Field, fields
from kring.domain.rows import FIRST_MS, LAST_MS, Moment, Row
from kring.system.sqlite import sqlite3

RowType = TypeVar("RowType", bound=Row)


def iso(at_ms: int) -> str:
    """Return epoch ms as ISO text in UTC, to the millisecond; what no calendar has is its first or last moment."""
    minute, rest = divmod(at_ms if FIRST_MS <= at_ms <= LAST_MS else min(max(at_ms, FIRST_MS), LAST_MS), 60_000)
    digits = str(100_000 + rest)  # a format with a width takes longer than all of this
    return f"{_minute(minute)}{digits[1:3]}.{digits[3:]}Z"


def moment(text: str) -> Moment:
    """Return the moment of an ISO text; raises ValueError where it is none."""
    return Moment(round(datetime.fromisoformat(text).timestamp() * 1000))


def row_of(row_type: type[RowType], values: Sequence[Any]) -> RowType:
    """Return the row that values of SQL say, in the order of its fields.

    Raises msgspec.MsgspecError, ValueError or TypeError where they say none.
    """
    told = {field.name: _read(field, value) for field, value in zip(fields(row_type), values, strict=True)}
    told = {name: value for name, value in told.items() if value is not None}
    return msgspec.convert(told, row_type, strict=False)


def _read(field: Field, value: Any) -> Any:
    if value is None:
        return None
    if field.type is Moment:
        return moment(value)
    return msgspec.json.decode(value) if get_origin(field.type) is tuple else value


@lru_cache(maxsize=256)
def _minute(number: int) -> str:
    """Return a minute, counted from 1970, as the beginning of an ISO text."""
    day, minute = divmod(number, 24 * 60)
    return f"{date(1970, 1, 1) + timedelta(days=day)}T{minute // 60:02}:{minute % 60:02}:"


def _array(values: tuple[Any, ...]) -> str:
    return msgspec.json.encode(values).decode() if values else "[]"


_ADAPTED: dict[type, Callable[[Any], Any]] = {
    Moment: iso,
    tuple: _array,
    # SQLite knows these, but asks each one first whether it adapts itself: 0.9 µs a value, a quarter of a row's time
    bool: int,
    NoneType: {}.get,  # None for None, without a step of Python
}


def register() -> None:
    """Tell SQLite how to write the values that it doesn't know."""
    for each, adapt in _ADAPTED.items():
        sqlite3.register_adapter(each, adapt)


def adapted(column: Sequence[Any]) -> Sequence[Any] | None:
    """Return the values of one column of many rows as SQLite takes them, in half the time of asking for each; None
    where all of them are empty.
    """
    kinds = set(map(type, column))
    if kinds == {NoneType}:
        return None
    if kinds.isdisjoint(_ADAPTED.keys() - {NoneType}):
        return column
    return [_ADAPTED.get(type(value), _as_it_is)(value) for value in column]


def _as_it_is(value: Any) -> Any:
    return value


register()
