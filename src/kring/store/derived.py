"""All of a session file but its events, which it is made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kring.domain.history import History
from kring.domain.state import State
from kring.store import schema, tables
from kring.store.attached import kept_files
from kring.store.event_line import StoredEvent
from kring.store.talk_views import View
from kring.store.views import views
from kring.system.sqlite import sqlite3


def history_of(stored: Iterable[StoredEvent]) -> History:
    """Return the history that stored events make."""
    history = History()
    history.accept(history.change(each.event for each in stored))
    return history


def in_memory(state: State | None = None, stories: Mapping[str, View] | None = None) -> sqlite3.Connection:
    """Return a database in memory with this version's tables and a state's rows."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.create(connection.execute, views() if stories is None else stories)
    if state is not None:
        tables.put(connection.execute, tables.all_rows(state))
    return connection


def make_again(connection: sqlite3.Connection, state: State) -> None:
    """Put this version's tables, views and guards, with a state's rows, in the place of what was there.

    Only within `writing`. What somebody else put into the file stays: a table, or a view of their own.
    """
    stories = views()
    for statement in schema.drops(stories):
        connection.execute(statement)
    for name, _ in guards(connection):
        connection.execute(f'drop trigger "{name}"')
    for statement in (schema.ERASED, kept_files.MADE_WHERE_MISSING, *schema.derived(stories), *schema.GUARDS):
        connection.execute(statement)
    connection.execute(f"pragma user_version = {schema.VERSION}")
    connection.execute(f"pragma application_id = {schema.APPLICATION_ID}")
    tables.put(connection.execute, tables.all_rows(state))


def guards(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return name and SQL of the triggers that keep the events as they are."""
    found = "select name, sql from sqlite_master where type = 'trigger' and tbl_name = 'events' order by name"
    return list(connection.execute(found).fetchall())
