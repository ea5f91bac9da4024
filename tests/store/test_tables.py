"""The tables: columns are fields, the file equals the fold, references hold, and the views can be read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acting import act, act_at_random
from domain.any_facts import arrivals, events
from kring.domain import lookup
from kring.domain.decide import coding, decision
from kring.domain.history import History
from kring.domain.rows import ROWS
from kring.domain.state import EMPTY
from kring.domain.text import Refused
from kring.session.session import Session
from kring.store import tables
from kring.store.derived import in_memory
from kring.store.values import iso, row_of
from kring.system.clock import SimulatedClock

MakeSession = Callable[..., Session]
OF_THE_FILE_ONLY = {"notes": {"arrival"}, "transcript": {"arrival"}}  # the place in the search


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.TABLE)
def test_the_columns_of_a_table_are_the_fields_of_its_row(row: type) -> None:
    table = row.TABLE  # type: ignore[attr-defined]
    columns = {name for _, name, *_ in in_memory().execute(f"pragma table_info ({table})")}
    assert columns - OF_THE_FILE_ONLY.get(table, set()) == set(row.__struct_fields__)  # type: ignore[attr-defined]


@pytest.mark.parametrize("seed", range(8))
def test_the_file_equals_the_fold_and_its_references_hold(
    make_session: MakeSession, clock: SimulatedClock, seed: int
) -> None:
    session = make_session()
    act_at_random(session, clock, seed, lines=120)
    if seed % 2:
        act(session, "end")
    found = session.store.connection
    folded = in_memory(session.state)
    for table, select in tables.SELECTS.items():
        assert found.execute(select).fetchall() == folded.execute(select).fetchall(), table
    assert found.execute("pragma foreign_key_check").fetchall() == []
    assert found.execute("pragma integrity_check").fetchall() == [("ok",)]


@settings(max_examples=40)
@given(st.data())
def test_any_facts_in_any_order_can_be_written(data: st.DataObject) -> None:
    history, written = History(), in_memory()
    for batch in data.draw(arrivals(data.draw(events()))):
        change = history.change(batch)
        tables.put(written.execute, change.rows, change.gone)
        history.accept(change)
    folded = in_memory(history.state)
    for table, select in tables.SELECTS.items():
        assert written.execute(select).fetchall() == folded.execute(select).fetchall(), table


@settings(max_examples=40)
@given(st.data())
def test_many_rows_are_written_together_as_one_by_one(data: st.DataObject) -> None:
    history, one_by_one, together = History(), in_memory(), in_memory()
    for batch in data.draw(arrivals(data.draw(events()))):
        change = history.change(batch)
        tables.put(one_by_one.execute, change.rows, change.gone, history.state)
        tables.put_many(together.execute, together.executemany, change.rows, change.gone, history.state)
        history.accept(change)
    for table, select in tables.SELECTS.items():
        assert together.execute(select).fetchall() == one_by_one.execute(select).fetchall(), table


def test_a_row_written_together_replaces_one_that_nobody_knew_of(session: Session) -> None:
    act(session, "note @3 te duur #prijs")
    rows, written = tuple(session.state.notes.values()), in_memory(session.state)
    written.execute("update notes set room = 'x', text = 'y'")
    tables.put_many(written.execute, written.executemany, rows, (), EMPTY)
    folded = in_memory(session.state).execute(tables.SELECTS["notes"]).fetchall()
    assert written.execute(tables.SELECTS["notes"]).fetchall() == folded


@pytest.mark.parametrize("seed", range(3))
def test_a_row_is_read_as_it_was_written(make_session: MakeSession, clock: SimulatedClock, seed: int) -> None:
    session = make_session()
    act_at_random(session, clock, seed, lines=120)
    for row_type in ROWS:
        written = session.store.connection.execute(tables.SELECTS[row_type.TABLE])
        rows = session.state.tables[row_type.TABLE].values()
        assert [row_of(row_type, values) for values in written] == sorted(rows, key=lambda row: row.id)


@pytest.mark.parametrize("at_ms", [0, 1_796_326_200_007, -1, 2**62, -(2**62), 253_402_300_799_999])
def test_a_moment_is_always_iso_text(at_ms: int) -> None:
    text = iso(at_ms)
    assert len(text) == len("2026-12-03T19:30:00.007Z")
    assert text.endswith("Z")


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_moment_is_iso_text_of_the_calendar(moment: datetime) -> None:
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    at_ms = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    assert iso(at_ms) == moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_a_moment_is_written_to_the_millisecond() -> None:
    assert iso(1_796_326_200_007) == "2026-12-03T19:30:00.007Z"


def test_all_views_can_be_read(make_session: MakeSession, clock: SimulatedClock) -> None:
    session = make_session()
    act_at_random(session, clock, seed=3)
    for line in ("rooms back", "resume", "go 2.2"):  # nothing stands still that the views are about
        with suppress(Refused):
            act(session, line)
    for line in ('note @2 "te veel gedoe', "invite", "probe 0 en toen?", "floor unknown", "floor nobody",
                 "floor moderator"):  # fmt: skip
        act(session, line)
        clock.advance(6_000)
    code = session.do(decision(coding.add_code, "gedoe")).id
    session.do(decision(coding.put_on, code, "Bo", note=lookup.note(session.state, "last").id))
    connection = session.store.connection
    views = [name for (name,) in connection.execute("select name from sqlite_master where type = 'view'")]
    assert len(views) >= 5
    assert [view for view in views if not connection.execute(f"select * from {view}").fetchall()] == []


def test_a_row_that_somebody_deleted_is_written_whole_when_it_changes(session: Session) -> None:
    act(session, "note @3 te duur #prijs")
    session.store.connection.execute("delete from notes")
    act(session, "star last")
    folded = in_memory(session.state).execute(tables.SELECTS["notes"]).fetchall()
    assert session.store.connection.execute(tables.SELECTS["notes"]).fetchall() == folded != []


def test_a_change_writes_the_columns_that_changed_and_no_others(session: Session) -> None:
    act(session, "note @3 te duur #prijs")
    statements: list[str] = []
    session.store.connection.set_trace_callback(statements.append)
    act(session, "star last")
    session.store.connection.set_trace_callback(None)
    (update,) = [statement for statement in statements if "notes" in statement]
    assert update.startswith("update notes set starred = 1, changed_at = ")


def test_the_file_and_its_companions_are_for_its_owner_only(session: Session, tmp_path: Path) -> None:
    act(session, "note geheim")
    files = sorted(tmp_path.glob("session.db*"))
    assert [file.name for file in files] == ["session.db", "session.db-shm", "session.db-wal"]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
