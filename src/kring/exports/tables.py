"""All tables and views of what may leave, as rows of cells, for csv and for a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kring.domain.rows import ROWS
from kring.privacy.snapshot import Material
from kring.store.rebuild import anew
from kring.store.values import iso
from kring.system.sqlite import sqlite3

Cell = str | int | float | None
VIEWS_FIRST = ("timeline", "talk_time", "time_by_item", "plan_and_actual", "quotes")
STUBS_IN_VIEWS = {
    "quotes": ("n.kind = 'quote'", "n.kind = 'quote' and not n.stub"),
    "quotes_by_code": ("n.removed_at is null", "n.removed_at is null and not n.stub"),
    "coverage": ("'note' as what, id, kind,", "'note' as what, id, iif(stub, 'stub', kind) as kind,"),
    "timeline": ("n.at, n.kind, n.participant", "n.at, iif(n.stub, 'stub', n.kind), n.participant"),
}
"""What of a view is replaced so that no stub stands in it as a quote."""
_ORDERS = ("number", "position", "seat", "started_at", "joined_at", "written_at", "added_at", "at", "id")


class Table(NamedTuple):
    """One table or view: its columns, and its rows in an order that is always the same."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def tables_of(material: Material) -> Iterator[Table]:
    """Yield the views first, for they tell the story, then every table; the empty ones too."""
    connection = database(material)
    try:
        found = connection.execute("select name from sqlite_master where type = 'view' order by name")
        views = {name for (name,) in found}
        for name in sorted(views, key=_place_of_view):
            yield _read(connection, name, f"select * from {name}")
        for row in ROWS:
            columns = set(row.__struct_fields__)
            order = ", ".join(column for column in _ORDERS if column in columns and column != "number")
            yield _read(connection, row.TABLE, f"select * from {row.TABLE} order by {order}")
    finally:
        connection.close()


def database(material: Material) -> sqlite3.Connection:
    """Return a database in memory with this version's tables and views, and in them only what may leave."""
    connection = anew(material.state)
    if material.state.session.ended_at is None:
        # the views count what is still open up to the last event
        connection.execute(
            "insert into events (id, hlc, at, actor, role, device, kind, v, digest, chain) "
            "values ('', 0, ?, '', '', '', '', 1, '', '')",
            (iso(material.now),),
        )
    _leave_stubs_out(connection)
    connection.execute("drop table _sqlite_migrations")  # it tells when it was made
    connection.execute("pragma application_id = 0")  # without a history it is no session file, and never to be resumed
    return connection


def _leave_stubs_out(connection: sqlite3.Connection) -> None:
    """A stub is only the first words: it stands among the notes, to be completed, and is no quote yet."""
    for view, (what, instead) in STUBS_IN_VIEWS.items():
        (sql,) = connection.execute("select sql from sqlite_master where name = ?", (view,)).fetchone()
        connection.execute(f"drop view {view}")
        assert what in sql, view
        connection.execute(sql.replace(what, instead))


def _place_of_view(name: str) -> tuple[int, str]:
    return (VIEWS_FIRST.index(name) if name in VIEWS_FIRST else len(VIEWS_FIRST)), name


def _read(connection: sqlite3.Connection, name: str, query: str) -> Table:
    found = connection.execute(query)
    columns = tuple(described[0] for described in found.description)
    return Table(name, columns, found.fetchall())
