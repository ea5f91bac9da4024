"""How a row's values stand in SQLite, and how they are read back: a moment is ISO text, a tuple a JSON array."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from types import NoneType
from typing import Any, TypeVar, get_origin

import msgspec

from kring.domain.columns import Field, fields
from kring.domain.rows import FIRST_MS, LAST_MS, Moment, Row
from kring.system.sqlite import sqlite3

RowType = TypeVar("RowType", bound=Row)


@lru_cache(maxsize=8)  # the event and the rows of an act say the same moment
def iso(at_ms: int) -> str:
    """Return epoch ms as ISO text in UTC, to the millisecond; what no calendar has is its first or last moment."""
    second, ms = divmod(min(max(at_ms, FIRST_MS), LAST_MS), 1000)
    day, second = divmod(second, 86_400)
    minute, second = divmod(second, 60)
    return f"{_day(day)}T{minute // 60:02}:{minute % 60:02}:{second:02}.{ms:03}Z"


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
def _day(number: int) -> str:
    return (date(1970, 1, 1) + timedelta(days=number)).isoformat()


def _array(values: tuple[Any, ...]) -> str:
    return msgspec.json.encode(values).decode() if values else "[]"


def register() -> None:
    """Tell SQLite how to write the values that it doesn't know."""
    sqlite3.register_adapter(Moment, iso)
    sqlite3.register_adapter(tuple, _array)
    # it knows these, but asks each one first whether it adapts itself: 0.9 µs a value, a quarter of a row's time
    sqlite3.register_adapter(bool, int)
    sqlite3.register_adapter(NoneType, {}.get)  # type: ignore[arg-type]  # None for None, without a step of Python


register()
