"""Tables, views, search and guards made anew from the events, which are the truth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kring.domain.history import History
from kring.domain.rows import Row
from kring.domain.state import State
from kring.domain.text import KringError
from kring.store import tables
from kring.store.files import open_
from kring.store.schema import APPLICATION_ID, VERSION, migrate
from kring.store.store import StoredEvent
from kring.system.sqlite import sqlite3

_OWN = "name not like 'sqlite_%' and name not like '%/_fts/_%' escape '/' and tbl_name <> 'events'"
_DEPENDENT_FIRST = "case type when 'view' then 0 when 'trigger' then 1 when 'index' then 2 else 3 end"


def rebuild(path: Path) -> int:
    """Make all but the events anew, in one transaction; return how many events there are.

    Raises KringError when the file can't be read or written.
    """
    store = open_(path)
    try:
        if store.mode == "read":
            raise store.note or KringError("{file} may only be read.", file=path.name)
        with store.writing():
            history = history_of(store.read_events())
            make_anew(store.connection, history.state)
    finally:
        store.close()
    return len(history.events)


def history_of(stored: Iterable[StoredEvent]) -> History:
    """Return the history that stored events make."""
    history = History()
    history.accept(history.change(each.event for each in stored))
    return history


def anew(state: State | None = None) -> sqlite3.Connection:
    """Return a database in memory with this version's schema, and a state's rows."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection)
    if state is not None:
        tables.put(connection.execute, all_rows(state))
    return connection


def make_anew(connection: sqlite3.Connection, state: State) -> None:
    """Put this version's schema and a state's rows in the place of all but the events; only within `writing`."""
    fresh = anew()
    searches_first = "name like '%/_fts' escape '/' desc"
    dropped = f"select type, name from sqlite_master where {_OWN} order by {_DEPENDENT_FIRST}, {searches_first}"
    for kind, name in connection.execute(dropped).fetchall():
        connection.execute(f'drop {kind} if exists "{name}"')
    for name, _ in guards(connection):
        connection.execute(f'drop trigger "{name}"')
    created = f"select sql from sqlite_master where sql is not null and {_OWN} order by type = 'table' desc, rowid"
    for (sql,) in fresh.execute(created).fetchall():
        connection.execute(sql)
    for _, sql in guards(fresh):
        connection.execute(sql)
    connection.execute(f"pragma user_version = {VERSION}")
    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    tables.put(connection.execute, all_rows(state))


def guards(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return name and SQL of the triggers that keep the events as they are."""
    found = "select name, sql from sqlite_master where type = 'trigger' and tbl_name = 'events' order by name"
    return list(connection.execute(found).fetchall())


def all_rows(state: State) -> Iterator[Row]:
    """Yield every row of a state."""
    for table in state.tables.values():
        yield from table.values()
