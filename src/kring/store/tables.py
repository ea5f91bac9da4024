"""The rows of the state as rows of SQL: the one mapping, for the session file and for any other database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import compress
from operator import is_not
from typing import Any

from msgspec.structs import astuple

from kring.domain.rows import ROWS, Row
from kring.domain.state import EMPTY, State
from kring.store.values import adapted  # it also tells SQLite how to write a moment and a tuple

Execute = Callable[..., Any]

COLUMNS = {row.TABLE: row.__struct_fields__ for row in ROWS}


def _upsert(table: str, told: tuple[str, ...]) -> str:
    """Return the statement that writes a row of which only some columns hold anything; a row of that id is replaced."""
    replaced = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[table] if name != "id")
    holes = ", ".join("?" * len(told))
    return f"insert into {table} ({', '.join(told)}) values ({holes}) on conflict (id) do update set {replaced}"


_UPSERTS = {table: _upsert(table, columns) for table, columns in COLUMNS.items()}
_DELETES = {table: f"delete from {table} where id = ?" for table in COLUMNS}
SELECTS = {table: f"select {', '.join(columns)} from {table} order by id" for table, columns in COLUMNS.items()}


def all_rows(state: State) -> Iterator[Row]:
    """Yield every row of a state."""
    for table in state.tables.values():
        yield from table.values()


def put(execute: Execute, rows: Iterable[Row], gone: Iterable[Row] = (), before: State = EMPTY) -> None:
    """Write rows and take away those that no longer exist; of a row that stands there as in `before` what changed."""
    for row in gone:
        execute(_DELETES[row.TABLE], (row.id,))
    for row in rows:
        was = before.tables[row.TABLE].get(row.id)
        if was is None or not _changed(execute, was, row):
            execute(_UPSERTS[row.TABLE], astuple(row))


def put_many(execute: Execute, execute_many: Execute, rows: Iterable[Row], gone: Iterable[Row], before: State) -> None:
    """Do the same with so many rows that new ones are worth to be written together, table by table."""
    by_table: dict[str, list[Row]] = {}
    for row in rows:
        by_table.setdefault(row.TABLE, []).append(row)
    put(execute, (), gone)
    for table, several in by_table.items():
        known = before.tables[table].known_among({row.id for row in several})
        put(execute, (row for row in several if row.id in known), (), before)
        if new := [row for row in several if row.id not in known]:
            _put_new(execute_many, table, new)


def _put_new(execute_many: Execute, table: str, several: list[Row]) -> None:
    columns = zip(COLUMNS[table], zip(*map(astuple, several), strict=True), strict=True)
    told = {name: values for name, column in columns if (values := adapted(column)) is not None}
    execute_many(_upsert(table, tuple(told)), zip(*told.values(), strict=True))


def _changed(execute: Execute, was: Row, row: Row) -> bool:
    """Write what a row says otherwise than it did; return whether it was there."""
    old, new = astuple(was), astuple(row)
    others = compress(zip(COLUMNS[row.TABLE], old, new, strict=True), map(is_not, old, new))
    changed = {name: value for name, before, value in others if value != before}
    if not changed:
        return True
    found = execute(_update(row.TABLE, tuple(changed)), (*changed.values(), row.id))
    return bool(found.rowcount == 1)


@cache
def _update(table: str, columns: tuple[str, ...]) -> str:
    return f"update {table} set {', '.join(f'{name} = ?' for name in columns)} where id = ?"


def clear(execute: Execute) -> None:
    """Empty every table of rows."""
    for table in COLUMNS:
        execute(f"delete from {table}")
