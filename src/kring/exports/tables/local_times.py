"""Local times beside UTC: of each moment in a table also what the clock on the wall of the session showed."""

from __future__ import annotations

from datetime import datetime

from kring.domain.columns import fields
from kring.domain.local_time import local
from kring.domain.rows import ROWS, Moment
from kring.domain.state import State
from kring.exports.tables.stored import Cell, Table

LOCAL = "_local"
MOMENTS = {row.TABLE: {field.name for field in fields(row) if field.type is Moment} for row in ROWS}
_OF_VIEWS = {"at"}


def with_local_times(state: State, table: Table) -> Table:
    """Return a table in which behind each column of moments stands one with the local time, as date and time."""
    moments = MOMENTS.get(table.name, _OF_VIEWS)
    places = [place for place, column in enumerate(table.columns) if column in moments]
    if not places:
        return table
    columns = list(table.columns)
    for place in reversed(places):
        columns.insert(place + 1, columns[place] + LOCAL)
    return Table(table.name, tuple(columns), [_row(state, row, places) for row in table.rows])


def _row(state: State, row: tuple[Cell, ...], places: list[int]) -> tuple[Cell, ...]:
    told = list(row)
    for place in reversed(places):
        value = row[place]
        told.insert(place + 1, _local(state, value) if isinstance(value, str) else None)
    return tuple(told)


def _local(state: State, utc: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(utc)
    except ValueError:
        return None
    return local(state, round(at.timestamp() * 1000)).replace(microsecond=0)
