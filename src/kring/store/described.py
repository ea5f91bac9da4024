"""What the tables and views of a session file hold, in plain words: for Datasette, the manual and tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from kring.domain.columns import Field, fields
from kring.domain.rows import ROWS, Row
from kring.domain.text import N_
from kring.store.event_line import EventLine
from kring.store.full_text import ARRIVAL, SEARCHED
from kring.store.views import views


class Described(NamedTuple):
    """What a table or view holds, and what each of its columns is."""

    what: str
    columns: dict[str, str]


@cache  # asked for every column of every table of an export
def described() -> Mapping[str, Described]:
    """Return what is said of every view, those to begin with first, and of every table."""
    return MappingProxyType(described_views() | described_tables())


def described_views() -> dict[str, Described]:
    """Return what is said of the views."""
    return {name: Described(view.what, view.columns) for name, view in views().items()}


def described_tables() -> dict[str, Described]:
    """Return what is said of the tables of rows, and of the events behind them."""
    events = N_("The truth: everything that happened, in order of arrival; all other tables are made from it.")
    return {row_type.TABLE: _described(row_type) for row_type in ROWS} | {
        "events": Described(events, _meanings(fields(EventLine)))
    }


def _described(row_type: type[Row]) -> Described:
    number = (
        {ARRIVAL: N_("order of arrival in this file; the search refers to it")} if row_type.TABLE in SEARCHED else {}
    )
    return Described(row_type.__doc__ or "", number | _meanings(fields(row_type)))


def _meanings(of: Iterable[Field]) -> dict[str, str]:
    return {field.name: field.column.meaning for field in of}
