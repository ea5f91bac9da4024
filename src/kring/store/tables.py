"""The rows of the state as rows of SQL: the one mapping, for the session file and for any other database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec.structs import astuple

import kring.store.values  # noqa: F401 - tells SQLite how to write a moment and a tuple
from kring.domain.rows import ROWS, Row
from kring.domain.state import State

Execute = Callable[..., Any]

COLUMNS = {row.TABLE: row.__struct_fields__ for row in ROWS}
_UPSERTS = {
    table: (
        f"insert into {table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))}) "
        "on conflict (id) do update set " + ", ".join(f"{name} = excluded.{name}" for name in columns if name != "id")
    )
    for table, columns in COLUMNS.items()
}
_DELETES = {table: f"delete from {table} where id = ?" for table in COLUMNS}
SELECTS = {table: f"select {', '.join(columns)} from {table} order by id" for table, columns in COLUMNS.items()}


def all_rows(state: State) -> Iterator[Row]:
    """Yield every row of a state."""
    for table in state.tables.values():
        yield from table.values()


def put(execute: Execute, rows: Iterable[Row], gone: Iterable[Row] = ()) -> None:
    """Write rows and take away those that no longer exist."""
    for row in gone:
        execute(_DELETES[row.TABLE], (row.id,))
    for row in rows:
        execute(_UPSERTS[row.TABLE], astuple(row))


def clear(execute: Execute) -> None:
    """Empty every table of rows."""
    for table in COLUMNS:
        execute(f"delete from {table}")
