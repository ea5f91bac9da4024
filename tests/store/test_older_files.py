"""Files of an older version: brought to this one when they are worked in, read from a copy when they are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kring.store import files, schema
from kring.store.verify import verify
from kring.system.sqlite import sqlite3

NEW_COLUMNS = {
    "session": ["open_own_recording"],
    "turns": ["changed_at", "removed_at"],
    "checks": ["recording"],
    "recordings": ["device", "folder", "why"],
}
NEW_TABLES = [
    "segments",
    "anchors",
    "voice",
    "turn_proposals",
    "transcript",
    "transcript_fts",
    "codes",
    "codings",
    "memos",
    "turn_judgements",
    "coreq",
]


@pytest.fixture
def of_version_1(tmp_path: Path, write_evening: Callable[[Path], None]) -> Path:
    """A whole evening in a file as version 1 wrote it."""
    path = tmp_path / "evening.db"
    write_evening(path)
    connection = sqlite3.connect(str(path), isolation_level=None)
    for (view,) in connection.execute("select name from sqlite_master where type = 'view'").fetchall():
        connection.execute(f"drop view {view}")
    for table in reversed(NEW_TABLES):
        connection.execute(f"drop table {table}")
    for table, columns in NEW_COLUMNS.items():
        for column in columns:
            connection.execute(f"alter table {table} drop column {column}")
    connection.execute("create view talk_time as select 1 as older")
    connection.execute("delete from _sqlite_migrations where name like 'm002%'")
    connection.execute("pragma user_version = 1")
    connection.close()
    return path


@pytest.fixture
def write_evening() -> Callable[[Path], None]:
    from kring.plans.file import read_plan_file
    from kring.rehearsal import demo
    from kring.rehearsal.playing import write_session

    def write(path: Path) -> None:
        plan = read_plan_file(demo.example_plan("nl"))
        write_session(path, plan.plan, 3)

    return write


def test_a_file_that_is_read_stays_as_it_is(of_version_1: Path) -> None:
    before = of_version_1.read_bytes()
    store = files.open_(of_version_1, "read")
    assert store.connection.execute("pragma user_version").fetchone() == (schema.VERSION,)
    assert store.connection.execute("select count(*) from talk_time").fetchone()[0] > 5
    assert store.connection.execute("select count(*) from coverage").fetchone()[0] > 100
    store.close()
    assert of_version_1.read_bytes() == before
    assert verify(of_version_1).is_whole


def test_a_file_that_is_worked_in_is_of_this_version_and_whole(of_version_1: Path) -> None:
    files.open_(of_version_1).close()
    connection = sqlite3.connect(str(of_version_1))
    assert connection.execute("pragma user_version").fetchone() == (schema.VERSION,)
    connection.close()
    assert verify(of_version_1).is_whole
