"""All tables and views of what may leave, as rows of cells, for csv and for a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from kring.domain.rows import ROWS
from kring.privacy.snapshot import Snapshot
from kring.store.derived import in_memory
from kring.store.values import iso
from kring.store.views import views
from kring.system.sqlite import sqlite3

Cell = str | int | float | datetime | None
VIEWS = views(stubs_are_quotes=False)
_ORDERS = ("position", "seat", "started_at", "joined_at", "written_at", "added_at", "at", "id")


class Table(NamedTuple):
    """One table or view: its columns, and its rows in an order that is always the same."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def tables_of(snapshot: Snapshot) -> Iterator[Table]:
    """Yield the views first, for they tell the story, then every table; the empty ones too."""
    connection = database(snapshot)
    try:
        for name in VIEWS:
            yield _read(connection, name, f"select * from {name}")
        for row in ROWS:
            columns = set(row.__struct_fields__)
            order = ", ".join(column for column in _ORDERS if column in columns)
            yield _read(connection, row.TABLE, f"select * from {row.TABLE} order by {order}")
    finally:
        connection.close()


def database(snapshot: Snapshot) -> sqlite3.Connection:
    """Return a database in memory with this version's tables and views, and in them only what may leave."""
    connection = in_memory(snapshot.state, VIEWS)
    if snapshot.state.session.ended_at is None:
        # the views count what is still open up to the last event
        connection.execute(
            "insert into events (id, hlc, at, actor, role, device, kind, v, digest, chain) "
            "values ('', 0, ?, '', '', '', '', 1, '', '')",
            (iso(snapshot.now),),
        )
    connection.execute("pragma application_id = 0")  # without a history it is no session file, and never to be resumed
    return connection


def _read(connection: sqlite3.Connection, name: str, query: str) -> Table:
    found = connection.execute(query)
    columns = tuple(described[0] for described in found.description)
    return Table(name, columns, found.fetchall())
