"""Session files of every version: a new one made, an older one brought to this one in numbered steps.

What was done to a file stands in the table in which `sqlite_utils` keeps it; that is imported only for an older one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from kring.store import schema
from kring.store.derived import history_of, make_again
from kring.store.event_line import read_events
from kring.store.views import views
from kring.system.sqlite import sqlite3

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

SET = "kring"
# word for word what sqlite_utils makes
BOOKKEEPING = (
    """CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
)""",
    """CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name")""",
)


def m001_a_session_in_one_file(db: Database) -> None:
    """Everything of one session: its events, the tables they make true, views."""
    schema.create(db.conn.execute, views())


def m002_sound_and_review(db: Database) -> None:
    """The files of a recording and how they lie on the clock; corrections, codes and memos: tables, made below."""


def m003_facts_that_merge(db: Database) -> None:
    """Acts of several events, and moments apart from the order: what files of two computers need to become one."""
    there = {name for _, name, *_ in db.conn.execute("pragma table_info (events)")}
    for column, statement in schema.GROWN.items():
        if column not in there:
            db.conn.execute(statement)
    db.conn.execute("drop table if exists meta")  # what it held is in `devices`


def m004_lighter_acts(db: Database) -> None:
    """The full-text index was written at every note, now when the file is sealed; consent tells how it was given."""
    make_from_events(db)


def m005_group_and_method(db: Database) -> None:
    """Tables and columns for how a group is led, answers and is shown things, who withdrew, how a session is closed;
    and whether somebody named the speaker of a note.
    """
    make_from_events(db)


def m006_acts_of_laptops_apart(db: Database) -> None:
    """By which act a session ended and a person was added: what two laptops did apart is joined by these."""
    make_from_events(db)


STEPS: tuple[Callable[[Database], None], ...] = (
    m001_a_session_in_one_file,
    m002_sound_and_review,
    m003_facts_that_merge,
    m004_lighter_acts,
    m005_group_and_method,
    m006_acts_of_laptops_apart,
)


def make_from_events(db: Database) -> None:
    """Make all but the events as this version has it: the events tell everything that any table says."""
    make_again(db.conn, history_of(read_events(db.conn.execute)).state)


def begin(connection: sqlite3.Connection) -> None:
    """Make an empty file a session file of this version, inside the transaction that the caller holds."""
    schema.create(connection.execute, views())
    for statement in BOOKKEEPING:
        connection.execute(statement)
    _record(connection, STEPS)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring an older file to this version, inside the transaction that the caller holds."""
    from sqlite_utils import Database

    version = connection.execute("pragma user_version").fetchone()[0]
    database = Database(connection, recursive_triggers=False)
    steps = migrations()
    steps.ensure_migrations_table(database)
    _record(connection, STEPS[:version])  # `kring rebuild` of 0.2.0 emptied the table
    steps.apply(database)


def migrations() -> Migrations:
    """Return the numbered steps, each with the reason for it."""
    from sqlite_utils.migrations import Migrations

    steps = Migrations(SET)
    for step in STEPS:
        steps()(step)
    return steps


def _record(connection: sqlite3.Connection, steps: Iterable[Callable[[Database], None]]) -> None:
    for step in steps:
        connection.execute(
            "insert or ignore into _sqlite_migrations (migration_set, name, applied_at) "
            "values (?, ?, strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now'))",
            (SET, step.__name__),
        )
