"""The full-text index of a session file: made when the file is sealed, gone with the first act after that.

A file has an index of everything that is searched in it, or none: no act pays for one, and none is ever behind.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from kring.domain.rows import NoteRow, TranscriptRow
from kring.system.sqlite import sqlite3

Execute = Callable[..., Any]

ARRIVAL = "arrival"
"""The key of a table that is searched: an index refers to rows by an integer that never changes."""
SEARCHED = {NoteRow.TABLE: "text", TranscriptRow.TABLE: "text"}
"""The tables that are searched, each with the column of its words."""
MADE = {
    f"{table}_fts": f"""CREATE VIRTUAL TABLE {table}_fts using fts5 ({column}, content='{table}',
  content_rowid='{ARRIVAL}', tokenize="unicode61 remove_diacritics 2")"""
    for table, column in SEARCHED.items()
}
"""The statement that makes each index, as SQLite keeps it."""


def make(execute: Execute) -> None:
    """Index all that stands in a file, where that was not done; only within a transaction."""
    there = {name for (name,) in execute("select name from sqlite_master")}
    for index, statement in MADE.items():
        if index not in there:
            execute(statement)
            execute(f"insert into {index} ({index}) values ('rebuild')")


def forget(execute: Execute) -> None:
    """Take the index out of a file, before something is written that it would not hold."""
    for index in MADE:
        execute(f"drop table if exists main.{index}")


def lend(connection: sqlite3.Connection) -> None:
    """Give a connection that only reads an index of its own of what stands in the file now, where that has none."""
    connection.execute("pragma temp_store = memory")
    there = {name for (name,) in connection.execute("select name from main.sqlite_master")}
    with connection:
        for table, column in SEARCHED.items():
            index = f"{table}_fts"
            connection.execute(f"drop table if exists temp.{index}")
            if index not in there:
                connection.execute(
                    f'create virtual table temp.{index} using fts5 ({column}, tokenize="unicode61 remove_diacritics 2")'
                )
                connection.execute(
                    f"insert into temp.{index} (rowid, {column}) select {ARRIVAL}, {column} from {table}"
                )


def wrong(connection: sqlite3.Connection) -> list[str]:
    """Return which tables have an index that is not kring's, or holds other words than they do."""
    found = dict(connection.execute("select name, sql from sqlite_master"))
    there = [index for index in MADE if index in found]
    if not there:
        return []
    copy = sqlite3.connect(":memory:", isolation_level=None)  # FTS5 compares only where it may write
    connection.backup(copy)
    right = []
    for index in there:
        with suppress(sqlite3.DatabaseError):
            copy.execute(f"insert into {index} ({index}, rank) values ('integrity-check', 1)")
            right += [index] if found[index] == MADE[index] else []
    copy.close()
    return [table for table in SEARCHED if f"{table}_fts" in set(there) - set(right)]
